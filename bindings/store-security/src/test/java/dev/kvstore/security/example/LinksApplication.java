package dev.kvstore.security.example;

import java.security.Principal;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.ott.OneTimeTokenGenerationSuccessHandler;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class LinksApplication {

    /** However the application sends mail. */
    interface Mail {
        void send(String user, String text);
    }

    public static void main(String[] arguments) {
        SpringApplication.run(LinksApplication.class, arguments);
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ada").password("{noop}engine").roles("USER").build());
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http, PersistentTokenRepository rememberMeTokens, UserDetailsService users) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .oneTimeTokenLogin(Customizer.withDefaults()) // its tokens are in the store
                .rememberMe(rememberMe ->
                        rememberMe.tokenRepository(rememberMeTokens).userDetailsService(users))
                .build();
    }

    @Bean
    OneTimeTokenGenerationSuccessHandler sendLink(Mail mail) {
        return (request, response, token) -> {
            mail.send(token.getUsername(), "/login/ott?token=" + token.getTokenValue());
            response.getWriter().print("Look into your mail.");
        };
    }

    @GetMapping("/")
    String greeting(Principal user) {
        return "Hello " + user.getName();
    }
}
