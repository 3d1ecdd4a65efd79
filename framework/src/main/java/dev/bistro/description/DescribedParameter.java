package dev.bistro.description;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * One value that a handler takes from requests.
 *
 * @param source where it comes from
 * @param name its name there: {@code X-Tenant} for a header; where the source has no names, that of the parameter
 * @param type the Java type in the concrete class: {@code Optional<Sku>}, {@code List<Long>}
 * @param isRequired whether requests without it are refused
 * @param defaultText what it is where a request has none, as a request would have it
 * @param constraints of jakarta.validation that are checked of it
 * @param byApplication whether a converter of the application, or of a library, makes it of its text
 * @param declared where it is declared: a method's parameter or a record's component; for further annotations and those
 *     within its type
 */
public record DescribedParameter(
        Source source,
        String name,
        Type type,
        boolean isRequired,
        Optional<String> defaultText,
        List<Annotation> constraints,
        boolean byApplication,
        AnnotatedElement declared) {
    /** Where a value comes from. */
    public enum Source {
        PATH,
        QUERY,
        HEADER,
        COOKIE,
        /** A field of a form. */
        FORM,
        /** A file of a multipart form. */
        FILE,
        /** All parameters of the query string, whatever their names. */
        QUERY_ALL,
        /** All header fields. */
        HEADER_ALL,
        /** All cookies. */
        COOKIE_ALL,
        /** All fields of a form, whatever their names; with files if the type is a {@code Form}. */
        FORM_ALL,
        /** The body as a whole; see {@link DescribedRoute#body}. */
        BODY,
        /** The request itself, with all that it has. */
        REQUEST,
        SESSION,
        LOGIN,
        PRINCIPAL,
        /** The certificate of the client. */
        CERTIFICATE,
        /** A connection of the database, or another form of one: nothing of the request's. */
        DATABASE;

        /** Whether a request's values stand there under names. */
        public boolean isNamed() {
            return compareTo(FILE) <= 0;
        }
    }

    /** Copies the list. */
    public DescribedParameter {
        constraints = List.copyOf(constraints);
    }

    /** One without constraints that comes neither as a text nor by a converter, such as the request. */
    public static DescribedParameter of(
            Source source, String name, Type type, boolean isRequired, AnnotatedElement declared) {
        return new DescribedParameter(source, name, type, isRequired, Optional.empty(), List.of(), false, declared);
    }

    /** This, required or not. */
    public DescribedParameter withRequired(boolean required) {
        return new DescribedParameter(source, name, type, required, defaultText, constraints, byApplication, declared);
    }

    /** This with other constraints. */
    public DescribedParameter withConstraints(List<Annotation> checked) {
        return new DescribedParameter(source, name, type, isRequired, defaultText, checked, byApplication, declared);
    }
}
