package dev.kvstore.autoconfigure.actuate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the store's health.
 *
 * @param diskSpaceThreshold Free space that the disk with the file must have.
 */
@ConfigurationProperties("management.health.kvstore")
record KvStoreHealthProperties(@DefaultValue("10MB") DataSize diskSpaceThreshold) {}
