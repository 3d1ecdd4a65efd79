package dev.bistro.sample.chat;

import java.time.Instant;

/** What somebody said. */
record Posted(String user, String text, Instant time) {}
