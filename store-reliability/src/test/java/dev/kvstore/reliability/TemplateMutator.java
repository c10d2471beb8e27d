package dev.kvstore.reliability;

import java.util.List;
import java.util.random.RandomGenerator;

/** Changes a template in ways that reveal errors of parsers. */
final class TemplateMutator {

    private static final int LONGEST = 20_000;
    private static final int MOST_COPIES = 40;
    private static final String BRACKETS = "[](){}'\"|#/*$@~%_\\&;:,.?!=<>+- \n\u0000\uFEFF\u202E";

    private static final List<String> TOKENS = List.of(
            "[# ",
            "[#",
            "]",
            "[/]",
            "/]",
            "[(",
            ")]",
            "[[",
            "]]",
            "${",
            "*{",
            "#{",
            "@{",
            "~{",
            "}",
            "__",
            "${#all}",
            "th:each=\"",
            "th:if=\"",
            "th:unless=\"",
            "th:switch=\"",
            "th:case=\"",
            "th:text=\"",
            "th:utext=\"",
            "th:with=\"",
            "th:insert=\"",
            "th:inline=\"",
            "[#th:block ",
            "[/th:block]",
            "/*[",
            "]*/",
            "/*[-",
            "-]*/",
            "/*[+",
            "+]*/",
            "e : ${#all}",
            "e, s : ${#all}",
            "${e.key}",
            "${e.value}",
            "${s.count}",
            "${eStat}",
            "${name}",
            "${path}",
            "${code}",
            "${markup}",
            "${preprocessed}",
            "${long}",
            "${digits}",
            "#all['",
            "']",
            " ?: ",
            " ? ",
            " : ",
            " and ",
            " or ",
            "not ",
            "!",
            " == ",
            " lt ",
            " ge ",
            " + ",
            " * ",
            " / ",
            " % ",
            "-",
            "true",
            "null",
            "0",
            "1",
            "9999999999",
            "0.1",
            "'",
            "\"",
            "|",
            "&#39;",
            "&quot;",
            "&#95;&#95;",
            "\\u0024",
            "§0§",
            "%rendering",
            "T(dev.kvstore.reliability.Canary).sing()",
            "@dev.kvstore.reliability.Canary@sing()",
            ".class",
            ".getClass()",
            "#ctx",
            "#strings",
            "\uD83D\uDE00");

    private final List<String> corpus;

    TemplateMutator(List<String> corpus) {
        this.corpus = corpus;
    }

    String mutant(RandomGenerator random) {
        String text = any(random);
        for (int steps = 1 + random.nextInt(4); steps > 0; steps--) {
            text = changed(text, random);
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private String any(RandomGenerator random) {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private String changed(String text, RandomGenerator random) {
        int one = random.nextInt(text.length() + 1);
        int other = random.nextInt(text.length() + 1);
        int from = Math.min(one, other);
        int to = Math.max(one, other);
        String before = text.substring(0, from);
        String part = text.substring(from, to);
        String after = text.substring(to);
        return switch (random.nextInt(9)) {
            case 0 -> before + after;
            case 1 -> before + part.repeat(part.length() > 500 ? 2 : 2 + random.nextInt(MOST_COPIES)) + after;
            case 2 -> before + tail(any(random), random);
            case 3 -> before + any(random) + part + after;
            case 4, 5 -> before + TOKENS.get(random.nextInt(TOKENS.size())) + part + after;
            case 6 -> before + bracket(random) + part + bracket(random) + after;
            case 7 -> before + bracket(random) + (part.isEmpty() ? "" : part.substring(1)) + after;
            default -> before + character(random) + (part.isEmpty() ? "" : part.substring(1)) + after;
        };
    }

    private static String tail(String text, RandomGenerator random) {
        return text.substring(random.nextInt(text.length() + 1));
    }

    private static char bracket(RandomGenerator random) {
        return BRACKETS.charAt(random.nextInt(BRACKETS.length()));
    }

    private static char character(RandomGenerator random) {
        return (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000);
    }
}
