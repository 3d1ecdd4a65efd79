package dev.bistro;

import dev.bistro.config.Secret;
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
record SessionAssembly(SessionSettings settings, List<Secret> secrets, Extensions extensions, Problems problems) {
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
            sessions.keepIn((SessionStore) stores.get(0).object().get(), rules);
        } else if (isInMemory()) {
            sessions.keepInMemory(
                    rules, settings.maxSessions(), settings.maxMemory().bytes());
        } else {
            Optional<SessionRevocations> own = revocations.stream().findFirst().map(there ->
                    (SessionRevocations) there.object().get());
            sessions.keepInCookies(rules, secrets.stream().map(Secret::reveal).toList(), own);
        }
    }

    private boolean isInMemory() {
        return settings.store().filter(SessionSettings.Place.MEMORY::equals).isPresent();
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
        if (!revocations.isEmpty() && (!stores.isEmpty() || isInMemory())) {
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
