package dev.bistro.observe;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.wire.RawClient;

/** A program that starts an application and asks it once. */
final class BareStart {
    private BareStart() {}

    @Route("/")
    static final class Home {
        @Get
        String get() {
            return "home";
        }
    }

    public static void main(String[] args) throws Exception {
        try (Server server =
                Bistro.app(BareStart.class).classes(Home.class).port(0).start()) {
            String answer =
                    RawClient.exchange(server.address(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            System.out.println("Answered: " + answer.substring(0, answer.indexOf('\r')));
        }
    }
}
