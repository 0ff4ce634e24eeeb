/**
 * Users. An e-mail address is an instance of its own, {@link shop.user.Claim}, so that it belongs
 * to one {@link shop.user.Account}; {@link shop.user.UserActor} hears the messages of both, {@code
 * actors/user/actor.yaml} is the contract, {@link shop.user.MagicTokens} are what opens the door.
 */
@NullMarked
package shop.user;

import org.jspecify.annotations.NullMarked;
