package dev.kvstore.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A store renders templates with the entries of one group. */
abstract class RenderingContract extends ContractPart {

    RenderingContract(KvStoreContract contract) {
        super(contract);
    }

    @Test
    void aTemplateRendersTheEntriesOfItsGroupOnly() {
        kv.set("mail", "name", "Ada");
        kv.set("other", "name", "Grace");

        assertThat(kv.render("Dear [(${name})][(${missing})],", "mail")).isEqualTo("Dear Ada,");
    }

    @Test
    void aNamedTemplateIsAResource() {
        kv.set("mail", "name", "Ada");

        assertThat(kv.renderNamed("contract/greeting", "mail")).startsWith("Grüße, Ada!");
    }

    @Test
    void aTemplateIsNeverLookedUpAsAResource() {
        assertThat(kv.render("greeting", "mail")).isEqualTo("greeting");
    }
}
