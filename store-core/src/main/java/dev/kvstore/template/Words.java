package dev.kvstore.template;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** Unquoted words: numbers, {@code true}, {@code false}, {@code null}, and text such as {@code red}. */
final class Words {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+\\.?[0-9]*|\\.[0-9]+");
    private static final Pattern ONE_MINUS_AMONG_DIGITS = Pattern.compile("[0-9.]*-[0-9.]*");

    private Words() {}

    /** Whether a character can be part of a word. These are the characters of Thymeleaf's tokens. */
    static boolean isPart(char character) {
        if (character < 0x80) {
            return isAsciiPart(character);
        }
        return character == 0xB7
                || (character >= 0xC0 && character <= 0x1FFF && !isSignAmongLetters(character))
                || isBetween(character, 0x200C, 0x200D)
                || isBetween(character, 0x203F, 0x2040)
                || isBetween(character, 0x2070, 0x218F)
                || isBetween(character, 0x2C00, 0x2FEF)
                || isBetween(character, 0x3001, 0xD7FF)
                || isBetween(character, 0xF900, 0xFDCF)
                || isBetween(character, 0xFDF0, 0xFFFD);
    }

    private static boolean isAsciiPart(char character) {
        return isBetween(character, 'a', 'z')
                || isBetween(character, 'A', 'Z')
                || isBetween(character, '0', '9')
                || "[]._-".indexOf(character) >= 0;
    }

    /** The signs of multiplication and division, and the Greek question mark. */
    private static boolean isSignAmongLetters(char character) {
        return character == 0xD7 || character == 0xF7 || character == 0x37E;
    }

    private static boolean isBetween(char character, int first, int last) {
        return character >= first && character <= last;
    }

    /** Whether the minus sign in a run of such characters is an operator, as in {@code 3-1} but not in {@code a-1}. */
    static boolean isSubtraction(String run) {
        return ONE_MINUS_AMONG_DIGITS.matcher(run).matches();
    }

    static Term term(String word) {
        if (NUMBER.matcher(word).matches()) {
            return new Term.Constant(new BigDecimal(word));
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true" -> new Term.Constant(true);
            case "false" -> new Term.Constant(false);
            case "null" -> new Term.Constant(null);
            default -> new Term.Word(new Values.Literal(word));
        };
    }
}
