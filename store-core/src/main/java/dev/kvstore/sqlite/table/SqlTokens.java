package dev.kvstore.sqlite.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of a statement of SQLite's schema: without comments, in lower case, names without quotes. */
final class SqlTokens {

    private static final Pattern TOKEN = Pattern.compile(
            "--[^\\n]*|/\\*.*?(?:\\*/|\\z)|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|\\[[^\\]]*\\]"
                    + "|[\\p{L}\\p{N}_$]+|\\S",
            Pattern.DOTALL);

    /** The keywords after which SQLite reads a text as the name of a table. */
    private static final Set<String> BEFORE_A_TABLE = Set.of("from", "join", "into", "update", "on", "in", ".");

    private record Token(String text, boolean isText) {}

    private final List<Token> tokens;

    private SqlTokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    static SqlTokens of(String sql) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        while (matcher.find()) {
            String token = matcher.group().toLowerCase(Locale.ROOT);
            if (!token.startsWith("--") && !token.startsWith("/*")) {
                tokens.add(token(token));
            }
        }
        return new SqlTokens(tokens);
    }

    private static Token token(String token) {
        return switch (token.charAt(0)) {
            case '"', '`', '[' -> new Token(token.length() > 1 ? token.substring(1, token.length() - 1) : token, false);
            case '\'' -> new Token(token.length() > 1 ? token.substring(1, token.length() - 1) : token, true);
            default -> new Token(token, false);
        };
    }

    /**
     * Whether the statement may mean a table. Not where the name is that of a column of another table ({@code t.kv}),
     * of a result ({@code AS kv}), or a text where no table is expected; a doubtful case counts as the table.
     */
    boolean mentionTable(String table) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.text.equals(table) && mayBeATable(token, before(i, 1), before(i, 2))) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayBeATable(Token token, String before, String second) {
        if (before.equals(".")) {
            return second.equals("main");
        }
        return token.isText ? BEFORE_A_TABLE.contains(before) : !before.equals("as");
    }

    private String before(int index, int distance) {
        return index < distance ? "" : tokens.get(index - distance).text;
    }

    @Override
    public String toString() {
        return String.join(" ", tokens.stream().map(Token::text).toList());
    }
}
