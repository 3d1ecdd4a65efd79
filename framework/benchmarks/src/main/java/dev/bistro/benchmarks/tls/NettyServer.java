package dev.bistro.benchmarks.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The reference: Netty with the JDK's TLS and one handler written by hand. Arguments: certificate, key, folder of
 * files. Prints its port.
 */
public final class NettyServer {
    private static final byte[] HELLO = "Hello, World!".getBytes(StandardCharsets.US_ASCII);

    private NettyServer() {}

    public static void main(String[] args) throws Exception {
        SslContext context = SslContextBuilder.forServer(
                        Path.of(args[0]).toFile(), Path.of(args[1]).toFile())
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
        Path files = Path.of(args[2]);
        var group = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(), EpollIoHandler.newFactory());
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        context.newHandler(channel.alloc()),
                                        new HttpServerCodec(),
                                        new ChunkedWriteHandler(),
                                        new Handler(files));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        System.out.println(((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }

    private static final class Handler extends SimpleChannelInboundHandler<HttpRequest> {
        private final Path files;

        Handler(Path files) {
            this.files = files;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpRequest request) throws IOException {
            boolean staysOpen = HttpUtil.isKeepAlive(request);
            ChannelFuture written = request.uri().startsWith("/files/")
                    ? sendFile(context, files.resolve(request.uri().substring(7)), staysOpen)
                    : sendText(context, staysOpen);
            if (!staysOpen) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }

        private static ChannelFuture sendText(ChannelHandlerContext context, boolean staysOpen) {
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(HELLO));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
                    .set(HttpHeaderNames.CONTENT_LENGTH, HELLO.length);
            HttpUtil.setKeepAlive(response, staysOpen);
            return context.write(response);
        }

        private static ChannelFuture sendFile(ChannelHandlerContext context, Path file, boolean staysOpen)
                throws IOException {
            var body = new ChunkedNioFile(file.toFile(), 64 * 1024);
            var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length());
            HttpUtil.setKeepAlive(response, staysOpen);
            context.write(response);
            return context.write(new HttpChunkedInput(body));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
