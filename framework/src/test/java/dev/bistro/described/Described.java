package dev.bistro.described;

import dev.bistro.annotation.Bean;
import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Blocking;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.ConcurrencyLimit;
import dev.bistro.annotation.Consumes;
import dev.bistro.annotation.CookieParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.DenyAll;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.Factory;
import dev.bistro.annotation.Filter;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.MaxBody;
import dev.bistro.annotation.NonBlocking;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.OnStart;
import dev.bistro.annotation.Patch;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Priority;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.Timeout;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.body.BodyCodec;
import dev.bistro.body.BodyReader;
import dev.bistro.body.BodyWriter;
import dev.bistro.body.FileUpload;
import dev.bistro.feed.Feed;
import dev.bistro.file.FileResponse;
import dev.bistro.http.Chain;
import dev.bistro.http.Converter;
import dev.bistro.http.Cookies;
import dev.bistro.http.Headers;
import dev.bistro.http.MediaType;
import dev.bistro.http.ProblemDetail;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import dev.bistro.session.Session;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * An application with all kinds of parameters, results and annotations. Whatever is made or run of it fails, unless
 * {@link #ALLOWED} says otherwise.
 */
public final class Described {
    private Described() {}

    /** All of its classes. */
    public static final Class<?>[] ALL = {
        SkuConverter.class,
        CsvCodec.class,
        Users.class,
        Recorded.class,
        OfItems.class,
        Sources.class,
        Results.class,
        Guarded.class,
        Talk.class,
        Made.class,
        Begun.class
    };

    /** Whether this thread may make controllers. */
    static final ThreadLocal<Boolean> ALLOWED = ThreadLocal.withInitial(() -> false);

    /** Fails: nothing of the application may be made to describe it. */
    static <T> T made() {
        if (!ALLOWED.get()) {
            throw new AssertionError("An object was made, or its code ran");
        }
        return null;
    }

    record Sku(String text) {}

    record Code(String text) {}

    record Item(@ETag long version, @NotBlank String name) {}

    record NewItem(@NotBlank String name, @DefaultValue("1") int count) {}

    record Line(String text) {}

    record Page(
            @DefaultValue("0") @Positive int offset,
            @Max(100) OptionalInt limit,
            @HeaderParam String xTenant) {}

    record Fields(String title, Optional<Integer> count, boolean isHidden) {}

    @Status(201)
    record Created(
            @Header URI location,
            @Header Optional<String> note,
            @Body Item item) {}

    sealed interface Outcome {
        record Found(Item item) implements Outcome {}

        @Status(409)
        record Conflict(String why) implements Outcome {}

        @Status(410)
        record Gone() implements Outcome {}
    }

    /** A converter that mustn't be made. */
    public static class SkuConverter implements Converter<Sku> {
        SkuConverter() {
            made();
        }

        @Override
        public Sku convert(String text) {
            return made();
        }

        @Override
        public String format(Sku value) {
            return made();
        }
    }

    /** A codec that mustn't be made. */
    public static class CsvCodec implements BodyCodec {
        CsvCodec() {
            made();
        }

        @Override
        public List<MediaType> mediaTypes() {
            return made();
        }

        @Override
        public Optional<BodyReader> reader(Type type) {
            return made();
        }

        @Override
        public Optional<BodyWriter> writer(Type type, MediaType mediaType) {
            return made();
        }
    }

    /** A way to log in that mustn't be made. */
    public static class Users implements Authenticator {
        Users() {
            made();
        }

        @Override
        public String challenge() {
            return made();
        }

        @Override
        public Optional<Login> authenticate(Request request) {
            return made();
        }
    }

    /** A filter for all requests. */
    @Filter
    @Priority(Priority.OBSERVATION)
    public static class Recorded {
        Recorded() {
            made();
        }

        @NonBlocking
        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    /** A filter that depends on the path. */
    @Filter("/items/{id}")
    public static class OfItems {
        OfItems() {
            made();
        }

        Response<?> filter(Request request, Chain chain) {
            return chain.proceed();
        }
    }

    /** What controllers for all types have. */
    interface Shelf<T, K> {
        /** Inherited, with types that the controller says. */
        @Get("/shelf/{key}")
        default Optional<T> take(K key, @QueryParam("near") List<K> near) {
            return Optional.empty();
        }
    }

    /** Parameters of all sources. */
    @Singleton
    @Route("/")
    public static class Sources implements Shelf<Item, UUID> {
        Sources() {
            made();
        }

        @Get("/query")
        String query(
                String required,
                @DefaultValue("x-1") Code code,
                Optional<LocalDate> optional,
                @DefaultValue("20") int limit,
                Set<Sku> skus,
                @QueryParam("q") @NotBlank String text) {
            return "";
        }

        @Get("/path/{id:int}/{code:[a-z]+}/{rest*}")
        String path(int id, String code, String rest) {
            return "";
        }

        @Get("/heads")
        String heads(
                @HeaderParam String userAgent,
                @CookieParam("theme") Optional<String> theme,
                Headers headers,
                Cookies cookies,
                Session session) {
            return "";
        }

        @Get("/page")
        String page(@BeanParam Page page, @QueryParam Map<String, String> all) {
            return "";
        }

        @Get("/who")
        String who(Optional<Login> login, Optional<Principal> principal) {
            return "";
        }

        @Get("/me")
        String me(Login login) {
            return "";
        }

        @Post("/form")
        void form(@FormParam Fields fields, FileUpload photo, List<FileUpload> more) {}

        @Post("/fields")
        void fields(@FormParam("title") String title, @FormParam("all") boolean all) {}

        @Post("/text")
        void text(@Body String text) {}

        @Post("/stream")
        void stream(InputStream bytes) {}

        @Post("/any")
        void any(Request request) {}

        @Post("/csv")
        @Consumes({"text/csv", "application/json"})
        void csv(Line line) {}

        @Post("/perhaps")
        void perhaps(@Body Optional<NewItem> item) {}
    }

    /** Results of all kinds. */
    @Route("/items")
    public static class Results {
        Results() {
            made();
        }

        @Get("/{id}")
        @NonBlocking
        Optional<Item> find(long id) {
            return Optional.empty();
        }

        @Put("/{id}")
        Item change(long id, @IfMatch long version, NewItem item) {
            return made();
        }

        @Patch("/{id}")
        Item patch(long id, @IfMatch Optional<Long> version, NewItem item) {
            return made();
        }

        @Delete("/{id}")
        @Header(name = "Cache-Control", value = "no-store")
        void remove(long id) {}

        @Post
        Created create(NewItem item) {
            return made();
        }

        @Post("/search")
        Outcome search(NewItem item) {
            return made();
        }

        @Get("/free")
        Response<Item> free() {
            return made();
        }

        @Get("/later")
        CompletionStage<List<Item>> later() {
            return new CompletableFuture<>();
        }

        @Get("/names")
        @Produces("text/plain")
        Stream<String> names() {
            return made();
        }

        @Get("/all")
        Stream<Item> all() {
            return made();
        }

        @Get("/lines")
        @Produces("application/x-ndjson")
        Iterator<Item> lines() {
            return made();
        }

        @Get("/feed")
        Feed<Item> feed() {
            return made();
        }

        @Get("/file")
        Path file() {
            return made();
        }

        @Get("/file/{name}")
        @Produces("image/png")
        FileResponse named(String name) {
            return made();
        }

        @Get("/bytes")
        StreamingBody bytes() {
            return made();
        }

        @Get("/object")
        Object object() {
            return made();
        }

        @Get("/problem")
        ProblemDetail problem() {
            return made();
        }

        @Get("/two")
        @Produces({"application/json", "text/csv"})
        Item two() {
            return made();
        }

        @Get("/hashed")
        @ETag
        List<String> hashed() {
            return made();
        }
    }

    /** Who may call, limits and where it runs. */
    @Route("/guarded")
    @RolesAllowed({"editor", "admin"})
    @RateLimit("100/min")
    @Deprecated
    public static class Guarded {
        Guarded() {
            made();
        }

        @Get("/roles")
        @Blocking
        void roles() {}

        @Get("/nobody")
        @DenyAll
        void nobody() {}

        @Post("/limits")
        @RolesAllowed(RolesAllowed.ANY_LOGIN)
        @MaxBody("10kB")
        @Timeout("1500ms")
        @ConcurrencyLimit(20)
        @RateLimit(value = "5/s", burst = 9, by = RateLimit.By.USER)
        void limits(NewItem item) {}
    }

    /** A WebSocket. */
    @WebSocket("/talk/{room}")
    public static class Talk {
        Talk() {
            made();
        }

        @OnMessage
        void message(String room, @QueryParam Optional<String> name, String text) {}
    }

    /** Makes objects, and has hooks. */
    @Factory
    public static class Made {
        Made() {
            made();
        }

        @Bean
        Converter<Code> codes() {
            return made();
        }

        @Bean
        @Singleton
        StringBuilder opened() {
            return made();
        }
    }

    /** Begins by itself. */
    @Singleton
    public static class Begun {
        @Inject
        Begun(StringBuilder opened) {
            made();
        }

        @OnStart
        void begin() {
            made();
        }
    }

    /** A controller with a fault. */
    @Route("/faulty")
    public static class Faulty {
        Faulty() {
            made();
        }

        @Get
        void find(@PathParam long id) {}
    }

    /** The application class, with files. */
    @StaticFiles(path = "/assets", from = "classpath:/static")
    public static class Application {}
}
