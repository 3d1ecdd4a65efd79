package dev.bistro;

import dev.bistro.config.Secret;
import dev.bistro.http.spi.Execution;
import dev.bistro.inject.Contribution;
import dev.bistro.session.SessionRevocations;
import dev.bistro.session.SessionStore;
import dev.bistro.session.state.RequestSessions;
import dev.bistro.session.state.SessionRules;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.Optional;

/** Decides where the sessions of an application are: its own store wins, then the setting, then cookies. */
record SessionAssembly(
        SessionSettings settings,
        List<Secret> secrets,
        StateAssembly shared,
        Extensions extensions,
        Problems problems) {
    /** Opens the place; without an object of the application's if there are problems, since none is made then. */
    void open(RequestSessions sessions) {
        List<Contribution> stores = extensions.all(SessionStore.class);
        List<Contribution> revocations = extensions.all(SessionRevocations.class);
        check(stores, revocations);
        if (!problems.allowObjects()) {
            return;
        }
        SessionRules rules = settings.rules();
        if (!stores.isEmpty()) {
            sessions.keepIn((SessionStore) stores.get(0).object().get(), rules, Execution.ADAPTIVE);
        } else if (shared.sessions().isPresent()) {
            sessions.keepIn(shared.sessions().get(), rules, Execution.BLOCKING);
        } else if (is(SessionSettings.Place.MEMORY)) {
            sessions.keepInMemory(
                    rules, settings.maxSessions(), settings.maxMemory().bytes());
        } else {
            boolean isOwn = !revocations.isEmpty();
            Optional<SessionRevocations> asked = isOwn
                    ? Optional.of(
                            (SessionRevocations) revocations.get(0).object().get())
                    : shared.revocations();
            sessions.keepInCookies(
                    rules,
                    secrets.stream().map(Secret::reveal).toList(),
                    asked,
                    isOwn ? Execution.ADAPTIVE : Execution.BLOCKING);
        }
    }

    private boolean is(SessionSettings.Place place) {
        return settings.store().filter(place::equals).isPresent();
    }

    private boolean isInStore() {
        return settings.store()
                .filter(place -> place != SessionSettings.Place.COOKIE)
                .isPresent();
    }

    private void check(List<Contribution> stores, List<Contribution> revocations) {
        if (stores.size() > 1) {
            problems.add(several(
                    "two-session-stores",
                    "Sessions are in one place, and there are " + stores.size() + " stores",
                    stores));
        }
        if (!stores.isEmpty() && settings.store().isPresent()) {
            problems.add(Problem.of(
                            "two-session-stores",
                            "Sessions are in one place, and there are two: a SessionStore, and the one of"
                                    + " session.store.")
                    .at(stores.get(0).place())
                    .cure("Remove the setting, or the store."));
        }
        if (revocations.size() > 1) {
            problems.add(several(
                    "two-session-revocations",
                    "One SessionRevocations remembers which sessions have ended, and there are " + revocations.size(),
                    revocations));
        }
        if (!revocations.isEmpty() && settings.revocations().isPresent()) {
            problems.add(Problem.of(
                            "two-session-revocations",
                            "One SessionRevocations remembers which sessions have ended, and there are two: the"
                                    + " application's, and the one of session.revocations.")
                    .at(revocations.get(0).place())
                    .cure("Remove the setting, or the application's."));
        }
        if (!stores.isEmpty() && settings.revocations().isPresent()) {
            problems.add(Problem.of(
                            "useless-session-revocations",
                            "Nobody asks what session.revocations is for: sessions are in a store, which removes those"
                                    + " that end.")
                    .at(stores.get(0).place())
                    .cure("Remove the setting; or keep sessions in cookies."));
        }
        if (!revocations.isEmpty() && (!stores.isEmpty() || isInStore())) {
            problems.add(Problem.of(
                            "useless-session-revocations",
                            "Nobody asks a SessionRevocations: sessions are in a store, which removes those that end.")
                    .at(revocations.get(0).place())
                    .cure("Remove it; or keep sessions in cookies."));
        }
    }

    private static Problem several(String id, String what, List<Contribution> found) {
        return Problem.of(id, what + ".")
                .at(found.get(0).place())
                .at(found.get(1).place())
                .cure("Remove one of them.");
    }
}
