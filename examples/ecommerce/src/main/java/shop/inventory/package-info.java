/**
 * The stock, keyed by product. {@link shop.inventory.InventoryActor} decides what may happen,
 * {@link shop.inventory.Inventory} is what it remembers, {@code actors/inventory/actor.yaml} is its
 * contract.
 */
@NullMarked
package shop.inventory;

import org.jspecify.annotations.NullMarked;
