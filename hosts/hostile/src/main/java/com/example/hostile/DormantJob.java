package com.example.hostile;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Must not run unless the host enables scheduling. */
@Component
class DormantJob {

    final BlockingQueue<String> runs = new LinkedBlockingQueue<>();

    @Scheduled(fixedDelay = 1)
    void run() {
        runs.add(Thread.currentThread().getName());
    }
}
