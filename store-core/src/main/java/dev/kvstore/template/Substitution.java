package dev.kvstore.template;

import java.util.List;

/** {@code |Hello ${name}|}: always text. */
record Substitution(List<Term> parts) implements Term {

    @Override
    public Object evaluate(Scope scope) {
        StringBuilder text = new StringBuilder();
        for (Term part : parts) {
            scope.budget().append(text, Values.text(part.evaluate(scope)));
        }
        return new Values.Literal(text.toString());
    }

    @Override
    public boolean isNumber() {
        return false;
    }
}
