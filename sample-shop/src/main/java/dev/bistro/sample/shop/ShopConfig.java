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

        @Description("what whoever changes products logs in with, as admin; anybody may without it")
        Optional<Secret> adminPassword) {}
