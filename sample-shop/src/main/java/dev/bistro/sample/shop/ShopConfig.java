package dev.bistro.sample.shop;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;
import dev.bistro.config.Secret;
import java.util.Optional;

/** The shop's settings: {@code --shop.stocked=false}, or {@code SHOP_STOCKED=false} in the environment. */
@Config("shop")
@Description("the shop")
record ShopConfig(
        @Description("whether it opens with a few products") @DefaultValue("true")
        boolean stocked,

        @Description("where H2 keeps the products and orders: ./shop is a file here; in memory without it. DATABASE_URL"
                + " is for PostgreSQL, and wins")
        @DefaultValue("mem:shop")
        String database,

        @Description("what whoever changes products logs in with, as admin; anybody may without it")
        Optional<Secret> adminPassword) {}
