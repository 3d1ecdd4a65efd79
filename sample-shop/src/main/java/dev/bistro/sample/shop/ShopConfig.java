package dev.bistro.sample.shop;

import dev.bistro.annotation.Config;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Description;

/** The shop's settings: {@code --shop.stocked=false}, or {@code SHOP_STOCKED=false} in the environment. */
@Config("shop")
@Description("the shop")
record ShopConfig(
        @Description("whether it opens with a few products") @DefaultValue("true")
        boolean stocked) {}
