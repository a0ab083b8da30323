package io.millrace.gateway.ui;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the interface from the class path's {@code static/}. Its pages are drawn in the browser,
 * so every address of a page answers with the same file.
 */
@Configuration(proxyBeanMethods = false)
class InterfaceFiles implements WebMvcConfigurer {

  private static final String PAGE = "forward:/index.html";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations("classpath:/static/assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable());
    registry
        .addResourceHandler("/index.html", "/*.svg")
        .addResourceLocations("classpath:/static/")
        .setCacheControl(CacheControl.noCache());
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addViewController("/").setViewName(PAGE);
    registry.addViewController("/login").setViewName(PAGE);
    registry.addViewController("/applications").setViewName(PAGE);
    registry.addViewController("/applications/**").setViewName(PAGE);
  }
}
