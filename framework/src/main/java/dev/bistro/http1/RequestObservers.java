package dev.bistro.http1;

import dev.bistro.http.spi.RequestObserver;
import dev.bistro.http.spi.RequestObserver.Answered;
import dev.bistro.http.spi.RequestObserver.HandOver;
import dev.bistro.http.spi.RequestObserver.Scope;
import dev.bistro.http.spi.RequestObserver.StuckHandler;
import dev.bistro.http.spi.ServerRequest;
import java.util.List;
import java.util.function.Consumer;

/** Tells all observers, whatever one of them throws. */
final class RequestObservers {
    private final RequestObserver[] all;
    private final ObserverFaults faults;

    /** @param all called in this order */
    RequestObservers(List<RequestObserver> all) {
        this(all, new ObserverFaults(System::nanoTime));
    }

    RequestObservers(List<RequestObserver> all, ObserverFaults faults) {
        this.all = all.toArray(RequestObserver[]::new);
        this.faults = faults;
    }

    /** Whether any of them wants to hear of a request that comes now. */
    boolean isAnyOn() {
        for (RequestObserver observer : all) {
            if (observer.isOn()) {
                return true;
            }
        }
        return false;
    }

    void onRequest(ServerRequest request) {
        tell(observer -> observer.onRequest(request));
    }

    void onHandOver(HandOver handOver) {
        tell(observer -> observer.onHandOver(handOver));
    }

    void onStuck(StuckHandler stuck) {
        tell(observer -> observer.onStuck(stuck));
    }

    void onAnswered(Answered answered) {
        tell(observer -> observer.onAnswered(answered));
    }

    private void tell(Consumer<RequestObserver> what) {
        for (RequestObserver observer : all) {
            try {
                what.accept(observer);
            } catch (RuntimeException | Error e) {
                faults.log("A request goes on unobserved", observer, e);
            }
        }
    }

    /** Enters all scopes; the last one entered is the first one closed. */
    Scope enter(ServerRequest request) {
        Scope entered = Scope.NONE;
        for (RequestObserver observer : all) {
            entered = enter(observer, request, entered);
        }
        return entered;
    }

    private Scope enter(RequestObserver observer, ServerRequest request, Scope outer) {
        try {
            Scope inner = observer.enter(request);
            return inner == Scope.NONE ? outer : both(inner, outer, observer);
        } catch (RuntimeException | Error e) {
            faults.log("Code runs outside of a scope", observer, e);
            return outer;
        }
    }

    private Scope both(Scope inner, Scope outer, RequestObserver observer) {
        return () -> {
            try {
                inner.close();
            } catch (RuntimeException | Error e) {
                faults.log("A scope wasn't closed", observer, e);
            } finally {
                outer.close();
            }
        };
    }
}
