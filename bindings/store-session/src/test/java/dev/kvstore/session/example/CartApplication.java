package dev.kvstore.session.example;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class CartApplication {

    record Cart(List<String> items) implements Serializable {}

    public static void main(String[] arguments) {
        SpringApplication.run(CartApplication.class, arguments);
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ada").password("{noop}engine").roles("USER").build());
    }

    @GetMapping("/cart")
    String cart(HttpSession session, Principal user) {
        Cart cart = (Cart) session.getAttribute("cart");
        return user.getName() + " has " + (cart == null ? List.of() : cart.items());
    }

    @GetMapping("/cart/add")
    String add(HttpSession session, @RequestParam String item) {
        Cart cart = (Cart) session.getAttribute("cart");
        List<String> items = new ArrayList<>(cart == null ? List.of() : cart.items());
        items.add(item);
        session.setAttribute("cart", new Cart(items)); // what is set is stored
        return "added";
    }
}
