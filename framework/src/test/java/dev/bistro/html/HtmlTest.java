package dev.bistro.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
    private static final String SCRIPT = "<script>alert('x')</script>";

    @Test
    void escapesATextInContent() {
        assertEquals(
                "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;é😀&quot;</p>",
                Html.of("<p>{} & \"é😀\"</p>".replace("& \"é😀\"", "{}"), SCRIPT, "& \"é😀\"")
                        .toString());
        assertEquals("a &lt; b", Html.text("a < b").toString());
        assertEquals("plain", Html.text("plain").toString());
    }

    @Test
    void takesMarkupAsItIsAndEscapesAllElse() {
        Html item = Html.of("<li>{}</li>", "a<b");
        assertEquals("<ul><li>a&lt;b</li></ul>", Html.of("<ul>{}</ul>", item).toString());
        assertEquals(
                "<ul><li>a&lt;b</li>&lt;&gt;<li>a&lt;b</li></ul>",
                Html.of("<ul>{}</ul>", List.of(item, "<>", new Object[] {item})).toString());
        assertEquals(
                "<p><li>a&lt;b</li></p>",
                Html.of("<p>{}{}</p>", Optional.of(item), Optional.empty()).toString());
        assertEquals("<p>7 true</p>", Html.of("<p>{} {}</p>", 7, true).toString());
        assertEquals("<b>", Html.of("{}", Html.trusted("<b>")).toString());
        assertEquals(Html.EMPTY, Html.of(""));
        assertEquals(item, Html.of("<li>{}</li>", "a<b"));
        assertEquals(item.hashCode(), Html.of("<li>{}</li>", "a<b").hashCode());
    }

    @Test
    void escapesATextInAQuotedAttribute() {
        assertEquals(
                "<a title=\"&quot; onclick=&quot;f()\" class='x &#39;y'>",
                Html.of("<a title=\"{}\" class='x {}'>", "\" onclick=\"f()", Optional.of("'y"))
                        .toString());
        assertEquals(
                "<input value=\"\">",
                Html.of("<input value=\"{}\">", Optional.empty()).toString());
    }

    @Test
    void escapesATextInATitle() {
        assertEquals(
                "<title>&lt;/title&gt;</title><textarea rows=3>\n&lt;b&gt;</textarea>",
                Html.of("<title>{}</title><textarea rows=3>\n{}</textarea>", "</title>", "<b>")
                        .toString());
        assertThrows(IllegalArgumentException.class, () -> Html.of("<title>{}</title>", Html.text("x")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "mailto:{} => a@b.example => mailto:a@b.example",
                "MAILTO:{} => a b@c => MAILTO:a%20b@c",
                "mailto:{}?subject=x => a@b,c@d?bcc=e => mailto:a@b%2Cc@d%3Fbcc%3De?subject=x",
                "mailto:a@b?cc={} => c@d => mailto:a@b?cc=c%40d",
                "tel:{} => +41 44 1 => tel:+41%2044%201",
                "https://a.example/{} => a@b+c => https://a.example/a%40b%2Bc",
                "/{} => a@b+c => /a%40b%2Bc",
            })
    void keepsOfAnAddressWhatItIsMadeOf(String template, String value, String expected) {
        assertEquals(
                "<a href=\"" + expected + "\">x</a>",
                Html.of("<a href=\"" + template + "\">x</a>", value).toString());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "/a?b=c&d, /a?b=c&amp;d",
                "a/b c, a/b c",
                "'', ''",
                "#top, #top",
                "?q=a:b, ?q=a:b",
                "./a:b, ./a:b",
                "//host/a, //host/a",
                "https://a.example/, https://a.example/",
                "HTTP://a.example, HTTP://a.example",
                "mailto:a@b.example, mailto:a@b.example",
                "tel:+1, tel:+1",
                "javascript:alert(1), about:invalid",
                "JaVaScRiPt:alert(1), about:invalid",
                "` javascript:alert(1)`, about:invalid",
                "`java\tscript:alert(1)`, about:invalid",
                "`java\nscript:alert(1)`, about:invalid",
                "`\u0001javascript:alert(1)`, about:invalid",
                "`javascript\t:alert(1)`, about:invalid",
                "vbscript:x, about:invalid",
                "`data:text/html,<script>`, about:invalid",
                "blob:x, about:invalid",
                "a:b, about:invalid",
                ":x, about:invalid",
                "`\"><script>`, &quot;&gt;&lt;script&gt;",
            })
    void letsAnAddressThatRunsNothingPass(String address, String written) {
        String shown = written.equals("''") ? "" : written;
        assertEquals(
                "<a href=\"" + shown + "\">x</a>",
                Html.of("<a href=\"{}\">x</a>", address.equals("''") ? "" : address)
                        .toString());
    }

    @Test
    void encodesAPartOfAnAddress() {
        assertEquals(
                "<a href=\"/items/a%2Fb%3Fc%26d%20%C3%A9%22?q=%26x%3D1&amp;p=2#%23\">",
                Html.of("<a href=\"/items/{}?q={}&amp;p={}#{}\">", "a/b?c&d é\"", "&x=1", 2, "#")
                        .toString());
        assertEquals(
                "<a href=\"/base/1?x=javascript%3A\">",
                Html.of("<a href=\"{}/1?x={}\">", "/base", "javascript:").toString());
        assertEquals(
                "<a href=\"about:invalid/1\">",
                Html.of("<a href=\"{}/1\">", "javascript:").toString());
        assertEquals(
                "<a href=\"/%2Fevil.example\">",
                Html.of("<a href=\"/{}\">", "/evil.example").toString());
        assertEquals(
                "<script src=\"/js/%3A.js\">\n</script>",
                Html.of("<script src=\"/js/{}.js\">\n</script>", ":").toString());
        assertEquals(
                "<link href=\"https://cdn.example/a%2F\">",
                Html.of("<link href=\"https://cdn.example/{}\">", "a/").toString());
    }

    @Test
    void leavesAnAttributeOutThatIsNotThere() {
        String template = "<input type=checkbox name=\"{}\" checked=\"{}\" disabled='{}'/>";
        assertEquals(
                "<input type=checkbox name=\"a\" checked=\"\"/>",
                Html.of(template, "a", true, false).toString());
        assertEquals(
                "<input type=checkbox name=\"a\" disabled=\"\"/>",
                Html.of(template, "a", false, true).toString());
        assertThrows(IllegalArgumentException.class, () -> Html.of(template, "a", "yes", false));
    }

    @Test
    void leavesLiteralMarkupAsItIs() {
        String literal = "<!doctype html><!-- a > b --><style>a{b:c}</style><script>if (a < b) { f({ }) }</script >"
                + "<p class=x data-a='\"' hidden>&lt; > { } }{</p><br/>";
        assertEquals(literal, Html.of(literal).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>{}</script>",
                "<SCRIPT>'{}'</SCRIPT>",
                "<script >{}</script>",
                "<style>{}</style>",
                "<iframe>{}</iframe>",
                "<noembed>{}</noembed>",
                "<xmp>{}</xmp>",
                "<plaintext>{}",
                "<script>{}",
                "<script>x",
                "<script><!-- <script> </script> {} </script>",
                "<title><b>{}</b></title>",
                "<title>x",
                "<!-- {} -->",
                "<!--> {} -->",
                "<!---> {} -->",
                "<!-- x --!> <!-- {}",
                "<!doctype {}>",
                "<?x {}>",
                "<![CDATA[ {} ]]>",
                "<{}>",
                "</{}>",
                "<p{}>",
                "<p {}>",
                "<p {}=\"x\">",
                "<p x{}=\"x\">",
                "<p x {}>",
                "<p x={}>",
                "<p x= {}>",
                "<p x=a{}>",
                "<p x=>",
                "<p =\"{}\">",
                "<p x/=\"{}\">",
                "<p onclick=\"{}\">",
                "<p ONCLICK='f({})'>",
                "<p style=\"color:{}\">",
                "<iframe srcdoc=\"{}\"></iframe>",
                "<img srcset=\"{} 2x\">",
                "<a ping=\"{}\">",
                "<a href={}>",
                "<a href=\"javascript:f({})\">",
                "<a href=\" javascript:f({})\">",
                "<a href=\"java&#115;cript:f({})\">",
                "<a href=\"data:{}\">",
                "<a href=\"{}:alert(1)\">",
                "<a href=\"{}{}\">",
                "<a href=\"{}x\">",
                "<a href=\"java{}:alert(1)\">",
                "<a xlink:href=\"data:{}\">",
                "<script src=\"{}\"></script>",
                "<script src=\"//{}/x.js\"></script>",
                "<script src=\"https://{}/x.js\"></script>",
                "<script src=\"https:{}\"></script>",
                "<script type=\"{}\"></script>",
                "<link rel=stylesheet href=\"{}\">",
                "<link rel=\"{}\" href=\"/x\">",
                "<base href=\"{}\">",
                "<object data=\"{}\"></object>",
                "<embed src=\"{}\">",
                "<iframe src=\"{}\"></iframe>",
                "<svg><use href=\"{}\"/></svg>",
                "<svg><animate attributeName=href to=\"{}\"/></svg>",
                "<svg><set attributeName=href to=\"{}\"/></svg>",
                "<meta http-equiv=refresh content=\"0;url={}\">",
                "<meta content=\"0;url={}\" http-equiv=refresh>",
                "<meta http-equiv=\"{}\" content=\"x\">",
                "<input checked=\"x{}\">",
                "<input checked=\"{}x\">",
                "a < b",
                "a <",
                "<a",
                "<a href=\"",
                "<a x=y",
                "<!-- x",
            })
    void refusesATemplateThatIsNotSafe(String template) {
        Object[] values = new Object[template.split("\\{}", -1).length - 1];
        Arrays.fill(values, "x");
        String message = assertThrows(IllegalArgumentException.class, () -> Html.of(template, values))
                .getMessage();
        assertTrue(message.startsWith("Not a safe template: "), message);
    }

    @Test
    void saysWhereATemplateIsNotSafeAndWhy() {
        assertEquals(
                "Not a safe template: the attribute onclick takes no values: it is run, or loads what it names"
                        + " (line 2, before \"{}\">\"): <p> <a onclick=\"{}\">",
                assertThrows(IllegalArgumentException.class, () -> Html.of("<p>\n<a onclick=\"{}\">", "x"))
                        .getMessage());
    }

    @Test
    void refusesValuesThatDoNotFitTheTemplate() {
        assertEquals(
                "The template has 2 places for values, but 1 were given: <p>{}{}</p>",
                assertThrows(IllegalArgumentException.class, () -> Html.of("<p>{}{}</p>", 1))
                        .getMessage());
        assertEquals(
                "Value 1 of the template is null: <p>{}</p>",
                assertThrows(IllegalArgumentException.class, () -> Html.of("<p>{}</p>", (Object) null))
                        .getMessage());
        assertEquals(
                "Value 2 of the template is a Html, where a text belongs: <p class=\"{}\" id=\"{}\">",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Html.of("<p class=\"{}\" id=\"{}\">", "a", Html.text("b")))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Html.of("<p class=\"{}\">", List.of("a", "b")));
    }

    @Test
    void readsMoreTemplatesThanItKeeps() {
        IntStream.range(0, 11_000)
                .forEach(i -> assertEquals(
                        "<p>" + i + "x</p>", Html.of("<p>" + i + "{}</p>", "x").toString()));
    }
}
