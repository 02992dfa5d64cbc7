package henderson.cli.stata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void newlines_and_semicolons_end_commands() {
        assertThat(Script.commands("a b; c\n\nd \"x;y\"\r\ne")).containsExactly("a b", "c", "d \"x;y\"", "e");
    }

    @Test
    void comments_are_left_out() {
        assertThat(Script.commands("* first\na // to the end\n/* b\nc */ d\nuse http://x.y/z\n  * e"))
                .containsExactly("a", "d", "use http://x.y/z");
    }

    @Test
    void three_slashes_join_lines() {
        assertThat(Script.commands("mixed y x /// fixed part\n  || g: x, ///\n cov(un)\nestat sd"))
                .containsExactly("mixed y x || g: x, cov(un)", "estat sd");
    }

    @Test
    void a_delimiter_may_be_asked_for() {
        assertThat(Script.commands("#delimit ;\na\nb; c;\n#delimit cr\nd\ne")).containsExactly("a b", "c", "d", "e");
    }

    @Test
    void only_prompted_lines_of_a_transcript_are_commands() {
        assertThat(Script.commands(". a b ///\n> c\noutput\n> not this\n\n. d very lo\n> ng\nmore output\n. "))
                .containsExactly("a b c", "d very long");
    }
}
