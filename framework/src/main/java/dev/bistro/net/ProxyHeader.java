package dev.bistro.net;
import java.io.IOException;
import java.net.SocketAddress;
record ProxyHeader(int length, SocketAddress source) { static ProxyHeader parse(byte[] b, int f, int t) throws IOException { return null; } }
