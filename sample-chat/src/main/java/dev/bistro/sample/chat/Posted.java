package dev.bistro.sample.chat;

import java.time.Instant;

/** A message as it is kept. */
record Posted(String user, String text, Instant time) {}
