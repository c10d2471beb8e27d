package com.example.hostile;

import dev.kvstore.KvStore;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class V2__RememberTheMigration extends BaseJavaMigration {

    private final ObjectProvider<KvStore> store;

    V2__RememberTheMigration(ObjectProvider<KvStore> store) {
        this.store = store;
    }

    @Override
    public void migrate(Context context) throws Exception {
        try (var statement = context.getConnection().createStatement()) {
            statement.execute("INSERT INTO customer(name) VALUES ('the first')");
        }
        store.ifAvailable(kv -> kv.set("migrations", "V2", "done"));
    }
}
