package com.example.hostile;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class PageController {

    private final Customers customers;

    PageController(Customers customers) {
        this.customers = customers;
    }

    @GetMapping("/customers")
    String customers(Model model) {
        model.addAttribute("count", customers.count());
        return "customers";
    }
}
