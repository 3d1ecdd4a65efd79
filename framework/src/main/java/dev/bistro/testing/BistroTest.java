package dev.bistro.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class whose tests share one running application: started before the first, stopped after the last.
 *
 * <pre>{@code
 * @BistroTest(ShopApplication.class)
 * class ShopTest {
 *     @Mock Catalog catalog;      // takes the place of the application's own, and is reset after each test
 *     @Inject TestClient client;
 *
 *     @Test
 *     void saysThatAProductIsNotFound() {
 *         when(catalog.find(8)).thenReturn(Optional.empty());
 *         client.get("/api/products/8").send().assertProblem(404, "Product not found");
 *     }
 * }
 * }</pre>
 *
 * <p>Fields with {@code @Inject}, and parameters of the test class's constructor and methods, can be the
 * {@link TestClient}, the {@link dev.bistro.Server}, its address as a {@link java.net.URI}, or any object of the
 * application. Fields with Mockito's {@code @Mock} are mocks that take the place of the application's own objects.
 * Don't use Mockito's own extension beside this one: it would replace them by mocks of its own. The classes of
 * {@code @Nested} tests share the application of the class around them. Test classes may run in parallel: each has its
 * own server.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SuppressWarnings("exports") // who writes it has JUnit; the extension is not for users
@ExtendWith(BistroExtension.class)
public @interface BistroTest {
    /** A class in the application's package, as for {@code Bistro.app}. */
    Class<?> value();

    /** These classes instead of a scan. */
    Class<?>[] classes() default {};

    /** These classes besides those that are found, as for {@code Bistro.app(…).add(…)}. */
    Class<?>[] add() default {};

    /** Without these classes and libraries, as for {@code Bistro.app(…).without(…)}. */
    Class<?>[] without() default {};

    /** Settings, whatever files and environment say: {@code {"chat.history=5", "server.compression=false"}}. */
    String[] settings() default {};

    /**
     * Whether the client holds each response against the application's OpenAPI document, as
     * {@link TestClient#withOpenApi} does.
     */
    boolean openApi() default false;
}
