package dev.bistro.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Config;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.RequestScoped;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.WebSocket;
import dev.bistro.http.Request;
import dev.bistro.startup.Problem;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import dev.bistro.testing.TestResponse;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.validation.groups.ConvertGroup;
import jakarta.validation.groups.Default;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of constraints, validators that are injected, and the language of what clients are told. */
@Timeout(60)
class GroupsAndLanguagesTest {
    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(GroupsAndLanguagesTest.class).classes(classes);
    }

    private static List<Problem> problems(BistroBuilder app) {
        return assertThrows(StartupException.class, app::startInProcess).problems();
    }

    // ---- groups

    interface OnCreate {}

    interface OnChange extends Default {}

    record Line(
            @NotBlank(groups = OnCreate.class) String text,
            @Max(9) int count) {}

    record Thing(
            @Size(max = 3) String name,

            @NotBlank(groups = {OnCreate.class, OnChange.class})
            String owner,

            List<Line> lines) {}

    @Route("/things")
    static final class Things {
        @Post
        void create(@Valid @ConvertGroup(to = OnCreate.class) Thing thing) {}

        @Put
        void change(@Valid @ConvertGroup(to = OnChange.class) Thing thing) {}

        @Post("/plain")
        void plain(Thing thing) {}

        @Post("/many")
        void many(List<@Valid @ConvertGroup(to = OnCreate.class) Thing> things) {}
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "POST|/things      |/lines/0/text /owner",
                "PUT |/things      |/lines/0/count /name /owner",
                "POST|/things/plain|/lines/0/count /name",
            })
    void theGroupOfTheParameterCountsForAllThatItHolds(String method, String path, String pointers) {
        String wrong = "{\"name\":\"too long\",\"owner\":\"\",\"lines\":[{\"text\":\"\",\"count\":10}]}";
        String unfit = wrong.replace("]}", "],\"x\":1}").replace("10}", "10},{\"text\":\"\",\"count\":\"x\"}");
        try (TestClient client = TestClient.start(app(Things.class))) {
            var verb = dev.bistro.http.Method.of(method);
            assertEquals(
                    pointers, pointers(client.request(verb, path).json(wrong).send()));
            // where the whole can't be read, the parts are checked by the same groups
            List<String> ofParts = List.of(
                    pointers(client.request(verb, path).json(unfit).send()).split(" "));
            assertTrue(ofParts.containsAll(List.of(pointers.split(" "))), ofParts::toString);
            assertEquals(
                    "/0/lines/0/text /0/owner",
                    pointers(client.post("/things/many").json("[" + wrong + "]").send()));
        }
    }

    private static String pointers(TestResponse response) {
        response.assertProblem(422);
        List<?> errors = (List<?>) response.json("/errors");
        return String.join(
                " ",
                errors.stream()
                        .map(error ->
                                ((java.util.Map<?, ?>) error).get("pointer").toString())
                        .sorted()
                        .toList());
    }

    @Route("/lost")
    static final class LostGroup {
        @Get
        void get(@NotNull(groups = OnCreate.class) Integer count) {}
    }

    @Test
    void aGroupThatIsNeverAskedForIsAFault() {
        List<Problem> problems = problems(app(LostGroup.class));
        assertEquals(1, problems.size(), problems::toString);
        assertEquals("bad-constraint", problems.get(0).id());
        assertTrue(problems.get(0).what().contains("never checked"), problems::toString);
    }

    // ---- injection

    @Singleton
    static final class Names {
        final Set<String> taken = Set.of("Ann");
    }

    @RequestScoped
    static final class Caller {
        final String name;

        @Inject
        Caller(Request request) {
            name = request.header("X-Caller").orElse("nobody");
        }
    }

    @Constraint(validatedBy = FreeValidator.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Free {
        String besides() default "";

        String message() default "is taken";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    static final class FreeValidator implements ConstraintValidator<Free, String> {
        private final Names names;

        @Inject
        Provider<Caller> caller;

        private String besides;

        @Inject
        FreeValidator(Names names) {
            this.names = names;
        }

        @Override
        public void initialize(Free free) {
            besides = free.besides();
        }

        @Override
        public boolean isValid(String name, ConstraintValidatorContext context) {
            return name == null
                    || !names.taken.contains(name) && !name.equals(besides) && !name.equals(caller.get().name);
        }
    }

    record Member(@Free String name, @Free(besides = "Bob") String nick) {}

    @Test
    void validatorsAreMadeByInjectionEachForItsOwnConstraint() {
        try (TestClient client = TestClient.start(app(MemberController.class, Names.class, FreeValidator.class))) {
            member(client, "Cid", "Cid").assertStatus(204);
            member(client, "Bob", "Cid").assertStatus(204);
            member(client, "Ann", "Bob").assertProblemWith("/name").assertProblemWith("/nick");
            client.get("/members?name=Ann").send().assertProblem(422);
            client.get("/members?name=Dan").send().assertStatus(204);
            client.get("/members?name=Dan").header("X-Caller", "Dan").send().assertProblem(422);
        }
    }

    private static TestResponse member(TestClient client, String name, String nick) {
        return client.post("/members").json(new Member(name, nick)).send();
    }

    @Route("/members")
    static final class MemberController {
        @Post
        void add(Member member) {}

        @Get
        void find(@Free String name) {}
    }

    @Config("some")
    record SomeConfig(@Free String name) {}

    @Constraint(validatedBy = LostValidator.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Lost {
        String message() default "is lost";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    interface Unprovided {}

    static final class LostValidator implements ConstraintValidator<Lost, String> {
        @Inject
        Unprovided unprovided;

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return false;
        }
    }

    @Constraint(validatedBy = KeepingValidator.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Keeping {
        String message() default "is kept";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};
    }

    static final class KeepingValidator implements ConstraintValidator<Keeping, String> {
        @Inject
        Caller caller;

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return false;
        }
    }

    @Singleton
    static final class ScopedValidator implements ConstraintValidator<Lost, String> {
        @Inject
        Names names;

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return false;
        }
    }

    @Route("/lost")
    static final class LostController {
        @Get
        void get(@Lost String value) {}
    }

    @Route("/keeping")
    static final class KeepingController {
        @Get
        void get(@Keeping String value) {}
    }

    @Test
    void whatAValidatorNeedsIsCheckedAtStartup() {
        assertEquals(List.of("nothing-provides"), ids(app(LostController.class, LostValidator.class)));
        assertEquals(List.of("kept-beyond-request"), ids(app(KeepingController.class, KeepingValidator.class)));
        assertEquals(List.of("misplaced-scope"), ids(app(ScopedValidator.class, Names.class)));
        assertEquals(
                List.of("bad-constraint"),
                ids(app(SomeConfig.class, FreeValidator.class, Names.class).set("some.name", "x")));
        // one of a library, which isn't among the application's classes
        assertEquals(List.of("nothing-provides"), ids(app(LostController.class)));
    }

    private static List<String> ids(BistroBuilder app) {
        return problems(app).stream().map(Problem::id).toList();
    }

    // ---- the provider's validator

    @Route("/by-hand")
    static final class ByHand {
        private final Validator validator;

        @Inject
        ByHand(Validator validator) {
            this.validator = validator;
        }

        @Post
        String check(String text) {
            return validator
                    .validate(new Line("x", Integer.parseInt(text)))
                    .iterator()
                    .next()
                    .getMessage();
        }
    }

    @Test
    void theValidatorIsInjected() {
        try (TestClient client = TestClient.start(app(ByHand.class))) {
            client.post("/by-hand?text=10").send().assertText("must be less than or equal to 9");
        }
    }

    // ---- languages

    @Route("/lines")
    static final class Lines {
        @Post
        void add(Line line) {}
    }

    @WebSocket("/socket")
    static final class Socket {
        @OnMessage
        void add(Line line) {}
    }

    private static final String ENGLISH = "must be less than or equal to 9";
    private static final String GERMAN = "muss kleiner-gleich 9 sein";
    private static final String FRENCH = "doit être inférieur ou égal à 9";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            emptyValue = "",
            value = {
                "none | none                      | en",
                "none | de                        | de",
                "none | de-CH                     | de",
                "none | DE-at                     | de",
                "none | fr, de;q=0.9              | fr",
                "none | fr;q=0.5, de;q=0.9        | de",
                "none | de;q=0                    | en",
                "none | de;q=0, fr                | fr",
                "none | *                         | en",
                "none | tlh, de                   | de",
                "none | tlh                       | en",
                "none | en-GB, de                 | en",
                "none | en;q=0.1, de;q=0.05       | en",
                "none | x, !!, '', de_DE, de;q=2  | en",
                "none | de; q=0.3 , fr ; q=0.2    | de",
                "none | i-klingon, fr-CA          | fr",
                "en   | de                        | en",
                "de   | none                      | de",
                "de   | fr                        | de",
                "de   | en                        | de",
                "de,en| en                        | en",
                "de,fr| fr-CH;q=0.1               | fr",
            })
    void messagesAreInTheLanguageOfTheRequest(String setting, String accepted, String language) {
        BistroBuilder app = app(Lines.class, Socket.class);
        if (setting != null) {
            app.set("validation.languages", setting);
        }
        String expected = language.equals("de") ? GERMAN : language.equals("fr") ? FRENCH : ENGLISH;
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.ITALY); // which must not matter
        try (TestClient client = TestClient.start(app)) {
            TestClient asking = accepted == null ? client : client.withHeader("Accept-Language", accepted);
            TestResponse response =
                    asking.post("/lines").json("{\"text\":\"\",\"count\":10}").send();
            response.assertProblem(422)
                    .assertJson("/errors/0/detail", expected)
                    .assertHeader("Content-Language", language)
                    .assertHeaderHas("Vary", "Accept-Language");
            asking.post("/lines").json("{\"text\":7,\"count\":10}").send().assertContains(expected);
            try (var socket = asking.webSocket("/socket")) {
                socket.send("{\"text\":\"\",\"count\":10}");
                socket.assertClosed(1007);
            }
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void aSettingThatIsNoLanguageIsAFault() {
        assertEquals(List.of("rejected-settings"), ids(app(Lines.class).set("validation.languages", "en,d_e")));
    }

    @Test
    void hundredsOfLanguagesAreNoTrouble() {
        var all = new StringBuilder("de");
        for (int i = 0; i < 900; i++) {
            all.append(",x").append(i);
        }
        try (TestClient client = TestClient.start(app(Lines.class))) {
            client.post("/lines")
                    .header("Accept-Language", all.toString())
                    .json("{\"text\":\"\",\"count\":10}")
                    .send()
                    .assertJson("/errors/0/detail", GERMAN);
        }
    }
}
