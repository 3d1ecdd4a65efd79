package dev.bistro.binding;

import dev.bistro.annotation.CookieParam;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.QueryParam;
import dev.bistro.description.DescribedParameter;
import dev.bistro.http.AcceptLanguage;
import dev.bistro.http.InvalidValue.In;
import dev.bistro.http.Request;
import dev.bistro.http.Tokens;
import dev.bistro.http.spi.QueryParameters;
import dev.bistro.startup.Problem;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The sources of texts that have names, a row each: the annotation, its name, the part of the request that errors
 * mention, the first text of a name, all texts of a name. A new source is a new row; a row overrides the methods below
 * where its names follow rules of their own.
 */
enum ParameterSource {
    /** A variable that the path's template has to have. */
    PATH(
            PathParam.class,
            PathParam::value,
            In.PATH,
            Request::pathParam,
            (request, name) -> request.pathParam(name).map(List::of).orElse(List.of())) {
        @Override
        Optional<Problem> take(String name, BindingPoint point, MethodPlan plan) {
            return plan.takeVariable(name, point)
                    .or(() -> ValueRule.uselessDefault(point, "a path without the variable isn't found."));
        }
    },

    /** A parameter of the query string; or all of them, as a map. */
    QUERY(QueryParam.class, QueryParam::value, In.QUERY, Request::queryParam, Request::queryParams) {
        @Override
        Optional<ParameterBinder> map(BindingPoint point) {
            return ParameterMap.of(point.type())
                    .map(shape -> new PartBinder(
                            request -> shape.apply(request.query()
                                    .map(QueryParameters::parse)
                                    .orElse(QueryParameters.NONE)
                                    .toMap()),
                            point.describe(DescribedParameter.Source.QUERY_ALL, false),
                            List.of(BindingFaults.DESCRIBED)));
        }
    },

    /**
     * A header field, by its name or by the parameter's in camel case. Where many values are wanted it is a list field,
     * in which {@code X-Tag: a, b} means the same as two fields: proxies may join them (RFC 9110, section 5.3).
     */
    HEADER(
            HeaderParam.class,
            HeaderParam::value,
            In.HEADER,
            Request::header,
            (request, name) -> request.headers().elements(name)) {
        @Override
        String derivedName(String parameter) {
            return Tokens.fieldName(parameter);
        }

        @Override
        Optional<Problem> take(String name, BindingPoint point, MethodPlan plan) {
            return notAToken("bad-header-name", "header", "@HeaderParam(\"User-Agent\")", name, point);
        }

        /** {@code Accept-Language} as locales is in the order of the client's preference. */
        @Override
        ValueSource forType(Type type, String name) {
            boolean isLanguages =
                    name.equalsIgnoreCase(LANGUAGES.name()) && HeldType.of(type).element() == Locale.class;
            return isLanguages ? LANGUAGES : named(name);
        }
    },

    COOKIE(
            CookieParam.class,
            CookieParam::value,
            In.COOKIE,
            (request, name) -> request.cookies().first(name),
            (request, name) -> request.cookies().all(name)) {
        @Override
        Optional<Problem> take(String name, BindingPoint point, MethodPlan plan) {
            return notAToken("bad-cookie-name", "cookie", "@CookieParam(\"theme\")", name, point);
        }
    },

    /** A field of the form, which has been read before; {@link FormRule} knows what else forms have. */
    FORM(
            FormParam.class,
            FormParam::value,
            In.FORM,
            (request, name) -> RequestForm.of(request).field(name),
            (request, name) -> RequestForm.of(request).fields(name));

    private static final ValueSource LANGUAGES = new ValueSource.Named(
            In.HEADER,
            "Accept-Language",
            (request, name) -> AcceptLanguage.of(request).tags().stream().findFirst(),
            (request, name) -> AcceptLanguage.of(request).tags());

    private final Class<? extends Annotation> annotation;
    private final Function<BindingPoint, Optional<String>> annotatedName;
    private final In in;
    private final BiFunction<Request, String, Optional<String>> first;
    private final BiFunction<Request, String, List<String>> all;

    <A extends Annotation> ParameterSource(
            Class<A> annotation,
            Function<A, String> annotatedName,
            In in,
            BiFunction<Request, String, Optional<String>> first,
            BiFunction<Request, String, List<String>> all) {
        this.annotation = annotation;
        this.annotatedName = point -> point.annotation(annotation).map(annotatedName);
        this.in = in;
        this.first = first;
        this.all = all;
    }

    Class<? extends Annotation> annotation() {
        return annotation;
    }

    /** The name that the annotation gives; empty without the annotation, or if it gives none. */
    Optional<String> annotatedName(BindingPoint point) {
        return annotatedName.apply(point).filter(name -> !name.isEmpty());
    }

    /** The name in the request if the annotation gives none: {@code User-Agent} for the header parameter userAgent. */
    String derivedName(String parameter) {
        return parameter;
    }

    /** Takes the name for the parameter; returns the fault if that can't be. */
    Optional<Problem> take(String name, BindingPoint point, MethodPlan plan) {
        return Optional.empty();
    }

    /**
     * Binds all parameters of the source, whatever their names; empty if the source or the type isn't made for that.
     */
    Optional<ParameterBinder> map(BindingPoint point) {
        return Optional.empty();
    }

    /** The texts of a name, for a parameter of this type. */
    ValueSource forType(Type type, String name) {
        return named(name);
    }

    /** The texts of a name: {@code QUERY.named("limit")}. */
    ValueSource named(String name) {
        return new ValueSource.Named(in, name, first, all);
    }

    private static Optional<Problem> notAToken(
            String id, String kind, String example, String name, BindingPoint point) {
        return Tokens.isToken(name)
                ? Optional.empty()
                : Optional.of(point.problem(
                                id, "No " + kind + " can be named " + ShownText.quote(name) + ": it isn't a token.")
                        .cure("Write the " + kind + "'s name: " + example + "."));
    }
}
