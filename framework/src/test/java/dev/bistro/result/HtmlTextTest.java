package dev.bistro.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HtmlTextTest {
    @Test
    void escapesWhatWouldBeMarkup() {
        assertEquals(
                "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt; &amp;amp; é😀",
                HtmlText.escape("<a href=\"x\" title='y'> &amp; é😀"));
    }
}
