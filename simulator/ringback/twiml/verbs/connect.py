"""Connect, Start and Stop: streams and sessions with other services, which nobody plays here."""

from ringback.twiml.schema import Schema, method, only_known, url
from ringback.twiml.verbs.announced import announced

_PAGE = "https://www.twilio.com/docs/voice/twiml/"
_PARAMETER = Schema(tag="Parameter", page=f"{_PAGE}stream", attributes=only_known("name value"))
_CONFIG = Schema(
    tag="Config", page=f"{_PAGE}connect/virtualagent", attributes=only_known("name value")
)
_STREAM = Schema(
    tag="Stream",
    page=f"{_PAGE}stream",
    attributes=only_known(
        "name connectorName url track statusCallback statusCallbackMethod audioFormat sampleRate"
    ),
    nested=(_PARAMETER,),
)
_SIPREC = Schema(
    tag="Siprec",
    page=f"{_PAGE}siprec",
    attributes=only_known("name connectorName track statusCallback statusCallbackMethod"),
    nested=(_PARAMETER,),
)
_TRANSCRIPTION = Schema(
    tag="Transcription",
    page=f"{_PAGE}transcription",
    attributes=only_known(
        "name track statusCallbackUrl statusCallbackMethod inboundTrackLabel outboundTrackLabel"
        " partialResults languageCode transcriptionEngine profanityFilter speechModel hints"
        " enableAutomaticPunctuation intelligenceService"
    ),
    nested=(_CONFIG, _PARAMETER),
)
_RECORDING = Schema(
    tag="Recording",
    page=f"{_PAGE}recording",
    attributes=only_known(
        "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent trim"
        " track channels recordingConfigurationId"
    ),
)
_RELAY = Schema(
    tag="ConversationRelay",
    page=f"{_PAGE}connect/conversationrelay",
    attributes=only_known(
        "url language ttsLanguage transcriptionLanguage ttsProvider voice transcriptionProvider"
        " speechModel profanityFilter dtmfDetection welcomeGreeting partialPrompts"
        " welcomeGreetingInterruptible interruptible preemptible hints intelligenceService"
        " reportInputDuringAgentSpeech elevenlabsTextNormalization interruptSensitivity debug"
        " backgroundNoiseReduction speechTimeout deepgramSmartFormat ignoreBackchannel events"
        " partialPromptOnHangup eagerEotThreshold asrSmartFormat ttsTextNormalization"
        " ttsLanguageTextNormalization elevenlabsLanguageTextNormalization includeInPrompt"
        " customerName applicationReconnect echoPromptFiltering turnDetection"
    ),
    nested=(
        Schema(
            tag="Language",
            page=f"{_PAGE}connect/conversationrelay",
            attributes=only_known(
                "code ttsProvider voice transcriptionProvider speechModel hints asrSmartFormat"
                " ttsTextNormalization ttsLanguageTextNormalization"
            ),
        ),
        _PARAMETER,
    ),
)
_ROOM = Schema(
    tag="Room", page=f"{_PAGE}connect/room", attributes=only_known("participantIdentity")
)
_VIRTUAL_AGENT = Schema(
    tag="VirtualAgent",
    page=f"{_PAGE}connect/virtualagent",
    attributes=only_known(
        "connectorName language sentimentAnalysis statusCallback statusCallbackMethod"
    ),
    nested=(_CONFIG, _PARAMETER),
)
_CONVERSATION = Schema(
    tag="Conversation",
    page=f"{_PAGE}connect/conversation",
    attributes=only_known(
        "serviceInstanceSid inboundAutocreation routingAssignmentTimeout inboundTimeout url method"
        " record trim recordingStatusCallback recordingStatusCallbackMethod"
        " recordingStatusCallbackEvent statusCallback statusCallbackMethod statusCallbackEvent"
    ),
)

CONNECT = announced(
    Schema(
        tag="Connect",
        page=f"{_PAGE}connect",
        support="announced",
        instead="it is over at once",
        attributes=(url("action", "none: the next verb"), method()),
        nested=(_STREAM, _SIPREC, _RELAY, _ROOM, _VIRTUAL_AGENT, _CONVERSATION),
    )
)
START = announced(
    Schema(
        tag="Start",
        page=f"{_PAGE}start",
        support="announced",
        instead="nothing was started",
        attributes=(url("action", support="checked"), method(support="checked")),
        nested=(_STREAM, _SIPREC, _TRANSCRIPTION, _RECORDING),
    )
)
STOP = announced(
    Schema(
        tag="Stop",
        page=f"{_PAGE}stop",
        support="announced",
        instead="there was nothing to stop",
        nested=(_STREAM, _SIPREC, _TRANSCRIPTION),
    )
)
