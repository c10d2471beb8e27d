package com.example.hostile;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sleeps where the host does not switch scheduling on. */
@Component
class DormantJob {

    final BlockingQueue<String> runs = new LinkedBlockingQueue<>();

    @Scheduled(fixedDelay = 1)
    void run() {
        runs.add(Thread.currentThread().getName());
    }
}
