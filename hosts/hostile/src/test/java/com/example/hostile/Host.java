package com.example.hostile;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A running hostile host, with or without the store. */
record Host(ConfigurableApplicationContext context) implements AutoCloseable {

    static Host with(Path file, Class<?>... further) {
        return start("kvstore.path=" + file, further);
    }

    static Host without() {
        return start("kvstore.enabled=false");
    }

    private static Host start(String property, Class<?>... further) {
        List<Class<?>> sources = new ArrayList<>(List.of(further));
        sources.add(HostApplication.class);
        return new Host(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .properties(
                        property,
                        "kvstore.purge-interval=5ms",
                        "kvstore.readers=1",
                        "server.port=0",
                        "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
                        "spring.jpa.open-in-view=false",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.health.show-details=always",
                        "management.health.diskspace.enabled=false")
                .run());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Set<String> beanNames() {
        return new TreeSet<>(List.of(context.getBeanDefinitionNames()));
    }

    Set<String> tables() {
        return new TreeSet<>(bean(JdbcTemplate.class)
                .queryForList(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'",
                        String.class));
    }

    String page(String path) throws IOException, InterruptedException {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        context.close();
    }
}
