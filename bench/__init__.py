"""Benchmarks; each is runnable by one command. Quote their ratios: machines are noisy."""
