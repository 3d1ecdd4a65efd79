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

/**
 * The sources of texts that have names, a row each: the annotation, the part of the request that errors mention, the
 * annotation's name, the first text of a name, all texts of a name. A new source is a new row; a row overrides the
 * methods below where its names follow rules of their own.
 */
enum ParameterSource {
    /** A variable that the path's template has to have. */
    PATH(PathParam.class, In.PATH) {
        @Override
        String written(Annotation annotation) {
            return ((PathParam) annotation).value();
        }

        @Override
        Optional<String> first(Request request, String name) {
            return request.pathParam(name);
        }

        @Override
        List<String> all(Request request, String name) {
            return request.pathParam(name).map(List::of).orElse(List.of());
        }

        @Override
        Optional<Problem> take(String name, BindingPoint point, MethodPlan plan) {
            Optional<Problem> problem = plan.takeVariable(name, point);
            return problem.isPresent()
                    ? problem
                    : ValueRule.uselessDefault(point, "a path without the variable isn't found.");
        }
    },

    /** A parameter of the query string; or all of them, as a map. */
    QUERY(QueryParam.class, In.QUERY) {
        @Override
        String written(Annotation annotation) {
            return ((QueryParam) annotation).value();
        }

        @Override
        Optional<String> first(Request request, String name) {
            return request.queryParam(name);
        }

        @Override
        List<String> all(Request request, String name) {
            return request.queryParams(name);
        }

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
    HEADER(HeaderParam.class, In.HEADER) {
        @Override
        String written(Annotation annotation) {
            return ((HeaderParam) annotation).value();
        }

        @Override
        Optional<String> first(Request request, String name) {
            return request.header(name);
        }

        @Override
        List<String> all(Request request, String name) {
            return request.headers().elements(name);
        }

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
                    name.equalsIgnoreCase(Languages.FIELD) && HeldType.of(type).element() == Locale.class;
            return isLanguages ? new Languages() : named(name);
        }
    },

    COOKIE(CookieParam.class, In.COOKIE) {
        @Override
        String written(Annotation annotation) {
            return ((CookieParam) annotation).value();
        }

        @Override
        Optional<String> first(Request request, String name) {
            return request.cookies().first(name);
        }

        @Override
        List<String> all(Request request, String name) {
            return request.cookies().all(name);
        }

        @Override
        Optional<Problem> take(String name, BindingPoint point, MethodPlan plan) {
            return notAToken("bad-cookie-name", "cookie", "@CookieParam(\"theme\")", name, point);
        }
    },

    /** A field of the form, which has been read before; {@link FormRule} knows what else forms have. */
    FORM(FormParam.class, In.FORM) {
        @Override
        String written(Annotation annotation) {
            return ((FormParam) annotation).value();
        }

        @Override
        Optional<String> first(Request request, String name) {
            return RequestForm.of(request).field(name);
        }

        @Override
        List<String> all(Request request, String name) {
            return RequestForm.of(request).fields(name);
        }
    };

    private final Class<? extends Annotation> annotation;
    private final In in;

    ParameterSource(Class<? extends Annotation> annotation, In in) {
        this.annotation = annotation;
        this.in = in;
    }

    /** The name that an annotation of this source gives; empty if none. */
    abstract String written(Annotation annotation);

    /** The first text of a name in a request. */
    abstract Optional<String> first(Request request, String name);

    /** All texts of a name in a request. */
    abstract List<String> all(Request request, String name);

    Class<? extends Annotation> annotation() {
        return annotation;
    }

    /** The name that the annotation gives; empty without the annotation, or if it gives none. */
    Optional<String> annotatedName(BindingPoint point) {
        Optional<? extends Annotation> there = point.annotation(annotation);
        String name = there.isPresent() ? written(there.get()) : "";
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
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
        return new Named(this, name);
    }

    private static Optional<Problem> notAToken(
            String id, String kind, String example, String name, BindingPoint point) {
        return Tokens.isToken(name)
                ? Optional.empty()
                : Optional.of(point.problem(
                                id, "No " + kind + " can be named " + ShownText.quote(name) + ": it isn't a token.")
                        .cure("Write the " + kind + "'s name: " + example + "."));
    }

    /** The texts of a name. */
    private record Named(ParameterSource source, String name) implements ValueSource {
        @Override
        public In in() {
            return source.in;
        }

        @Override
        public Optional<String> first(Request request) {
            return source.first(request, name);
        }

        @Override
        public List<String> all(Request request) {
            return source.all(request, name);
        }
    }

    /** The languages that a client prefers, in their order. */
    private record Languages() implements ValueSource {
        static final String FIELD = "Accept-Language";

        @Override
        public In in() {
            return In.HEADER;
        }

        @Override
        public String name() {
            return FIELD;
        }

        @Override
        public Optional<String> first(Request request) {
            return all(request).stream().findFirst();
        }

        @Override
        public List<String> all(Request request) {
            return AcceptLanguage.of(request).tags();
        }
    }
}
