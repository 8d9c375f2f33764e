"""How the picture looks: colours by custom properties, so that dark screens and paper are set once.

Contrast of words against what they stand on is 4.5 to 1 or better (WCAG 2.2, 1.4.3).
"""

_FONTS = (
    "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Hiragino Kaku Gothic ProN','Yu Gothic UI',"
    "'Yu Gothic',Meiryo,'Noto Sans','Helvetica Neue',Arial,sans-serif"
)
_LIGHT = (
    "--paper:#f6f8f9;--card:#fff;--edge:#cfd9de;--ink:#17262e;--quiet:#52636c;--key:#0b6b68;"
    "--on-key:#fff;--ask:#e4f2f1;--ask-edge:#7fb9b5;--red:#a61b12;--pink:#fdeceb;"
    "--tag:#e9eef1;--wire:#8fa3ac;--lit:#fff1c9;--lit-edge:#b26a00"
)
_DARK = (
    "--paper:#0f171b;--card:#182329;--edge:#33454e;--ink:#e8eff2;--quiet:#a5b6be;--key:#6fd3cc;"
    "--on-key:#06211f;--ask:#12302f;--ask-edge:#2f6f6b;--red:#ff9d94;--pink:#3a1715;"
    "--tag:#26363e;--wire:#5d737d;--lit:#3d3006;--lit-edge:#ffc24d"
)

STYLESHEET = f"""
@page{{size:A4 landscape;margin:6mm}}
.line-drawing{{{_LIGHT};font-family:{_FONTS};max-width:100%;height:auto}}
@media screen and (prefers-color-scheme:dark){{.line-drawing{{{_DARK}}}}}
@media print{{.line-drawing{{--paper:#fff;width:100%;height:100%}}}}
.line-drawing text{{fill:var(--ink)}}
.line-drawing .paper{{fill:var(--paper)}}
.line-drawing .frame{{fill:var(--card);stroke:var(--edge)}}
.line-drawing .rule{{stroke:var(--edge);fill:none}}
.line-drawing .question .frame,.line-drawing .start .frame{{fill:var(--ask);stroke:var(--ask-edge)}}
.line-drawing .emergency .frame{{fill:var(--pink);stroke:var(--red)}}
.line-drawing .pointer .frame{{fill:none;stroke-dasharray:4 4}}
.line-drawing .keys .frame{{fill:none;stroke-dasharray:1 5;stroke-linecap:round}}
.line-drawing .greeting,.line-drawing .title,.line-drawing .number,.line-drawing .danger
{{font-weight:700}}
.line-drawing .number{{font-variant-numeric:tabular-nums}}
.line-drawing text.danger{{fill:var(--red)}}
.line-drawing text.quiet,.line-drawing text.place{{fill:var(--quiet)}}
.line-drawing text.link{{fill:var(--key);text-decoration:underline}}
.line-drawing .tag rect{{fill:var(--tag)}}
.line-drawing .tag text{{fill:var(--quiet)}}
.line-drawing .badge circle{{fill:var(--key);stroke:var(--paper);stroke-width:2}}
.line-drawing .badge text{{fill:var(--on-key);font-weight:700}}
.line-drawing .keys .badge circle,.line-drawing .no-key circle
{{fill:var(--card);stroke:var(--key);stroke-width:1.5}}
.line-drawing .keys .badge text,.line-drawing .no-key text{{fill:var(--key)}}
.line-drawing .wire{{fill:none;stroke:var(--wire);stroke-width:2}}
.line-drawing .wire.anywhere{{stroke-dasharray:5 5}}
.line-drawing .been>.frame{{stroke:var(--lit-edge);stroke-width:2}}
.line-drawing .wire.been{{stroke:var(--lit-edge);stroke-width:3}}
.line-drawing .here>.frame{{fill:var(--lit);stroke:var(--lit-edge);stroke-width:4}}
"""
