package dev.bistro.data.transaction;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the statements in a text of SQL that begin or end a transaction, or change how it runs: those with which code
 * would end a transaction of Bistro's by mistake, behind its back. It knows the words of PostgreSQL, H2, MySQL and
 * MariaDB, Oracle and SQL Server, and whatever can stand before them: white space, comments, escapes of JDBC and other
 * statements that end with a semicolon. Savepoints are no such statements, nor is what only has such a word in a string
 * or a name. It is no parser: whoever wants to get around it can, in the middle of a block.
 *
 * <p>Where databases read a text in two ways, such as comments within comments, one of the ways is enough.
 */
final class TransactionStatements {
    private static final String COMMENT = "/*";

    /** What may follow a BEGIN that begins a transaction, but for {@code NOT}; other words are the first of a block. */
    private static final Set<String> AFTER_BEGIN = Set.of(
            "", "WORK", "TRANSACTION", "TRAN", "ISOLATION", "READ", "DEFERRABLE", "DEFERRED", "IMMEDIATE", "EXCLUSIVE");

    /** Words that say for how long a SET is meant, before what is set. */
    private static final Set<String> EXTENTS = Set.of("SESSION", "LOCAL", "GLOBAL");

    private static final Set<String> SETTINGS = Set.of(
            "TRANSACTION",
            "CHARACTERISTICS",
            "AUTOCOMMIT",
            "IMPLICIT_TRANSACTIONS",
            "TRANSACTION_ISOLATION",
            "TRANSACTION_READ_ONLY");

    /** The first words of texts in which there may be blocks, whose END is no end of a transaction. */
    private static final Set<String> WITH_BLOCKS =
            Set.of("CREATE", "ALTER", "DO", "DECLARE", "BEGIN", "IF", "WHILE", "MERGE", "EXECUTE");

    /** In a text that becomes a statement itself; nobody knows of what EXECUTE IMMEDIATE puts its text together. */
    private static final Pattern NESTED =
            Pattern.compile("(?iu)\\b(commit|rollback|abort|shutdown|transaction|immediate)\\b|\\bfrom\\s*@");

    private TransactionStatements() {}

    /** The first word of such a statement in a text, in capital letters; empty if there is none. */
    static Optional<String> find(String sql) {
        Optional<String> found = find(new SqlReader(sql, false));
        return found.isEmpty() && sql.contains(COMMENT) ? find(new SqlReader(sql, true)) : found;
    }

    private static Optional<String> find(SqlReader reader) {
        boolean hasBlocks = false;
        do {
            String word = reader.word();
            if (isOne(word, reader, hasBlocks)) {
                return Optional.of(word);
            }
            hasBlocks |= WITH_BLOCKS.contains(word);
        } while (reader.skipStatement());
        return Optional.empty();
    }

    private static boolean isOne(String word, SqlReader reader, boolean hasBlocks) {
        return switch (word) {
            case "COMMIT", "ABORT", "XA", "SHUTDOWN" -> true;
            case "ROLLBACK" -> !isToSavepoint(reader);
            case "START" -> reader.word().equals("TRANSACTION");
            case "BEGIN" -> begins(reader, hasBlocks);
            case "END" -> !hasBlocks;
            case "SET" -> isOfTransaction(reader);
            case "PREPARE", "EXECUTE", "EXEC" -> NESTED.matcher(reader.rest()).find();
            default -> false;
        };
    }

    /** A block that begins with such a statement is one too; {@code NOT} is that of NOT DEFERRABLE, not NOT ATOMIC. */
    private static boolean begins(SqlReader reader, boolean hasBlocks) {
        String next = reader.word();
        return next.equals("NOT")
                ? !reader.word().equals("ATOMIC")
                : AFTER_BEGIN.contains(next) || isOne(next, reader, hasBlocks);
    }

    private static boolean isToSavepoint(SqlReader reader) {
        String next = reader.word();
        boolean isNamed = Set.of("TRAN", "TRANSACTION").contains(next); // ROLLBACK TRAN point, of SQL Server
        String after = isNamed || next.equals("WORK") ? reader.word() : "";
        return next.equals("TO")
                || after.equals("TO")
                || isNamed && !Set.of("", "AND").contains(after);
    }

    private static boolean isOfTransaction(SqlReader reader) {
        String next = reader.word();
        String set = EXTENTS.contains(next) ? reader.word() : next;
        return SETTINGS.contains(set);
    }

    /** A place in a text. */
    private static final class SqlReader {
        private final String text;
        private final boolean nests; // whether there are comments within comments, as PostgreSQL and H2 have it
        private int at;

        SqlReader(String text, boolean nests) {
            this.text = text;
            this.nests = nests;
        }

        /** The next word, in capital letters as databases make them; empty if something else is next. */
        String word() {
            String word;
            do {
                skipBlank();
                int start = at;
                while (at < text.length() && isOfWord(text.charAt(at))) {
                    at++;
                }
                word = text.substring(start, at).toUpperCase(Locale.ROOT);
            } while (word.equals("OJ") || word.equals("FN")); // of escapes: {oj …}, {fn …}
            return word;
        }

        private static boolean isOfWord(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '$';
        }

        String rest() {
            return text.substring(at);
        }

        /** White space and comments; and what stands before words without a meaning here: {@code {, @@session.}. */
        private void skipBlank() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (isAt("@@session.") || isAt("@@global.") || isAt("@@local.")) {
                    at = text.indexOf('.', at) + 1;
                } else if (isAt("/*!")) {
                    at += "/*!".length(); // MySQL executes what is in there, from the version on that may follow
                    while (at < text.length() && Character.isDigit(text.charAt(at))) {
                        at++;
                    }
                } else if (!skipComment()) {
                    if (c > ' ' && !Character.isSpaceChar(c) && "{@`".indexOf(c) < 0) {
                        return;
                    }
                    at++;
                }
            }
        }

        private boolean isAt(String part) {
            return text.regionMatches(true, at, part, 0, part.length());
        }

        private boolean skipComment() {
            if (isAt("--") || isAt("//") || isAt("#")) {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
                return true;
            }
            if (!isAt(COMMENT)) {
                return false;
            }
            int depth = 0;
            do {
                if (isAt("*/")) {
                    depth--;
                    at += 2;
                } else if (isAt(COMMENT) && (nests || depth == 0)) {
                    depth++;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < text.length());
            return true;
        }

        /** Goes behind the next semicolon that isn't in a comment or quoted; false if there is none. */
        boolean skipStatement() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == ';') {
                    at++;
                    return true;
                }
                if (isAt(COMMENT) || isAt("--")) {
                    skipComment();
                } else if (c == '\'' || c == '"' || c == '`') {
                    skipQuoted(c);
                } else if (c == '$') {
                    skipDollarQuoted();
                } else {
                    at++;
                }
            }
            return false;
        }

        /** A backslash before a quote counts in E'…' only, which is what standards and drivers make of it. */
        private void skipQuoted(char quote) {
            boolean hasEscapes = at > 0
                    && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
                    && (at == 1 || !isOfWord(text.charAt(at - 2)));
            at++;
            while (at < text.length() && text.charAt(at) != quote) {
                at += hasEscapes && text.charAt(at) == '\\' ? 2 : 1;
            }
            at++; // a doubled quote begins the next part
        }

        /** {@code $$…$$} or {@code $name$…$name$}. */
        private void skipDollarQuoted() {
            int end = at + 1;
            while (end < text.length() && text.charAt(end) != '$' && isOfWord(text.charAt(end))) {
                end++;
            }
            boolean isQuote = end < text.length()
                    && text.charAt(end) == '$'
                    && (at == 0 || !isOfWord(text.charAt(at - 1)))
                    && (end == at + 1 || !Character.isDigit(text.charAt(at + 1)));
            if (!isQuote) {
                at++;
                return;
            }
            String quote = text.substring(at, end + 1);
            int close = text.indexOf(quote, end + 1);
            at = close < 0 ? text.length() : close + quote.length();
        }
    }
}
