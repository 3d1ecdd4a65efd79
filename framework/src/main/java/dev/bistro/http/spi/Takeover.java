package dev.bistro.http.spi;

/** What can take a connection over. The transport knows the kinds that it can hand one to: HTTP/1 those that are protocols of sockets. */
public interface Takeover {}
