package dev.bistro.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Bean;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.RequestScoped;
import dev.bistro.annotation.Route;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.html.TemplateRenderer;
import dev.bistro.html.View;
import dev.bistro.http.Converter;
import dev.bistro.http.MediaType;
import dev.bistro.http.Request;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import dev.bistro.testing.TestClient;
import java.io.Writer;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Converters, codecs and renderers that are made by factory methods or given by the program. */
class FactoryExtensionsTest {
    static final class Money {
        final String text;

        private Money(String text) {
            this.text = text;
        }
    }

    static final class Weight {
        final int grams;

        private Weight(int grams) {
            this.grams = grams;
        }
    }

    /** It can't be made by injection. */
    static final class MoneyConverter implements Converter<Money> {
        private final String currency;

        MoneyConverter(String currency) {
            this.currency = currency;
        }

        @Override
        public Money convert(String text) {
            return new Money(text + " " + currency);
        }
    }

    static final class WeightConverter implements Converter<Weight> {
        @Override
        public Weight convert(String text) {
            return new Weight(Integer.parseInt(text));
        }
    }

    static final class YamlCodec implements BodyCodec, AutoCloseable {
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public List<MediaType> mediaTypes() {
            return List.of(MediaType.of("application", "yaml"));
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return type == Money.class
                    ? Optional.of((body, mediaType) -> new Money(new String(body, StandardCharsets.UTF_8)))
                    : Optional.empty();
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return type == Money.class
                    ? Optional.of(money -> ("money: " + ((Money) money).text).getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Route("/")
    static final class Prices {
        @Get("/price/{price}")
        String price(Money price) {
            return price.text;
        }

        @Get("/weights")
        int weights(List<Weight> weights) {
            return weights.stream().mapToInt(weight -> weight.grams).sum();
        }

        @Post
        @Consumes("application/yaml")
        @Produces("application/yaml")
        Money set(@dev.bistro.annotation.Body Money body) {
            return body;
        }

        @Get("/page/{name}")
        View page(String name) {
            return View.of(name, "pens");
        }
    }

    @Route("/price")
    static final class Price {
        @Get("/{price}")
        String price(Money price) {
            return price.text;
        }
    }

    private static final YamlCodec CODEC = new YamlCodec();

    @Factory
    static final class Made {
        private int codecs;

        @Bean
        String currency() {
            return "CHF";
        }

        @Bean
        Converter<Money> money(String currency) {
            return text -> new Money(text + " " + currency);
        }

        @Bean
        static Converter<List<Weight>> weights() {
            return text -> List.of(new Weight(Integer.parseInt(text)), new Weight(1));
        }

        @Bean
        BodyCodec yaml() {
            assertEquals(1, ++codecs, "one for all");
            return CODEC;
        }

        @Bean
        TemplateRenderer renderer() {
            return (view, page) -> page.write("<p>" + view.name() + " " + view.model());
        }
    }

    private static BistroBuilder app(Class<?>... classes) {
        return Bistro.app(FactoryExtensionsTest.class).classes(classes);
    }

    private static void assertAnswers(BistroBuilder application, String price, String weights) {
        try (var client = TestClient.start(application)) {
            assertEquals(price, client.get("/price/5").send().assertStatus(200).text());
            assertEquals(
                    weights,
                    client.get("/weights?weights=7").send().assertStatus(200).text());
            assertEquals(
                    "money: five",
                    client.post("/")
                            .text("application/yaml", "five")
                            .send()
                            .assertStatus(200)
                            .text());
            assertEquals(
                    "<p>list pens",
                    client.get("/page/list")
                            .send()
                            .assertType("text/html;charset=utf-8")
                            .text());
        }
    }

    @Test
    void areMadeByFactories() {
        int before = CODEC.closed.get();
        assertAnswers(app(Prices.class, Made.class), "5 CHF", "8");
        assertEquals(before + 1, CODEC.closed.get(), "what a factory made is closed when the application stops");
    }

    @Test
    void areGivenByTheProgram() {
        var codec = new YamlCodec();
        TemplateRenderer renderer = (view, page) -> page.write("<p>" + view.name() + " " + view.model());
        assertAnswers(
                app(Prices.class)
                        .with(MoneyConverter.class, new MoneyConverter("EUR"))
                        .with(Converter.class, new WeightConverter())
                        .with(BodyCodec.class, codec)
                        .with(TemplateRenderer.class, renderer),
                "5 EUR",
                "7");
        assertEquals(0, codec.closed.get(), "what the program gave is its own");
    }

    @Factory
    static final class MakesTheClass {
        @Bean
        MoneyConverter money() {
            return new MoneyConverter("USD");
        }
    }

    @Test
    void takeThePlaceOfTheirClasses() {
        try (var client = TestClient.start(app(Price.class, MoneyConverter.class, MakesTheClass.class))) {
            assertEquals("5 USD", client.get("/price/5").send().text());
        }
        try (var client = TestClient.start(app(Price.class, MoneyConverter.class, MakesTheClass.class)
                .with(MoneyConverter.class, new MoneyConverter("GBP")))) {
            assertEquals("5 GBP", client.get("/price/5").send().text());
        }
    }

    private static List<Problem> faults(BistroBuilder application) {
        return assertThrows(StartupException.class, () -> application.port(0).start())
                .problems();
    }

    private static void assertFaults(String golden, BistroBuilder application) {
        var problems = new Problems();
        faults(application).forEach(problems::add);
        Golden.assertGolden(golden, problems);
    }

    @Test
    void aLambdaThatIsGivenDoesNotSayItsType() {
        Converter<Money> lambda = Money::new;
        assertFaults("untyped-converter-given", app(Price.class).with(Converter.class, lambda));
    }

    @Factory
    static final class Raw {
        @Bean
        @SuppressWarnings("rawtypes")
        Converter money() {
            return new MoneyConverter("CHF");
        }
    }

    @Test
    void aFactoryHasToSayTheType() {
        assertFaults("untyped-converter-bean", app(Price.class, Raw.class));
    }

    @Factory
    static final class Second {
        @Bean
        Converter<Weight> weight() {
            return text -> new Weight(Integer.parseInt(text));
        }

        @Bean
        Converter<Money> money() {
            return Money::new;
        }
    }

    static final class SecondRenderer implements TemplateRenderer {
        @Override
        public void render(View view, Writer page) {}
    }

    @Test
    void oneForATypeIsEnough() {
        assertFaults("two-converters-bean", app(Price.class, Made.class, WeightConverter.class, Second.class));
        assertFaults("two-renderers-bean", app(Prices.class, Made.class, SecondRenderer.class));
    }

    @Test
    void aFaultElsewhereIsTheOnlyOne() {
        assertEquals(
                List.of("bad-setting"),
                faults(app(Prices.class, Made.class).set("server.max-body-size", "many")).stream()
                        .map(Problem::id)
                        .toList());
    }

    @Factory
    static final class OfARequest {
        @Bean
        @RequestScoped
        Converter<Money> money() {
            return Money::new;
        }

        @Bean
        Converter<Weight> weight(Request request) {
            return text -> new Weight(request.path().length());
        }

        @Bean
        BodyCodec codec(Runnable missing) {
            return CODEC;
        }
    }

    @Test
    void areForAllRequests() {
        assertFaults("extensions-of-a-request", app(Price.class, OfARequest.class));
    }
}
