package dev.kvstore.reliability.model;

/** One step of a trial: a call of one of the stores on a file, or an external event. */
sealed interface ModelOperation permits StoreCall, ExternalEvent {

    int store();
}
