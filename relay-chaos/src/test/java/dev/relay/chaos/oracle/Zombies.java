package dev.relay.chaos.oracle;

import dev.relay.chaos.cluster.Database;
import java.util.List;

/**
 * A trigger in the database under test that writes down every write of a process that isn't listed
 * as living at that moment. States would be right without fencing too, because versions are
 * checked; only this sees that a node which was taken for dead writes nothing.
 */
public final class Zombies {
  /**
   * Everything but the release of due timers, which changes neither attempts nor states and which
   * anybody may do.
   */
  private static final String WATCH =
      """
      CREATE TABLE IF NOT EXISTS public.chaos_zombies (
        pid text, what text, at timestamptz DEFAULT clock_timestamp());
      CREATE OR REPLACE FUNCTION public.chaos_watch() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO public.chaos_zombies (pid, what)
        SELECT current_setting('chaos.pid', true), TG_OP || ' ' || TG_TABLE_NAME
         WHERE current_setting('chaos.pid', true) IS NOT NULL
           AND NOT EXISTS (SELECT FROM relay.nodes
                            WHERE place LIKE '%/' || current_setting('chaos.pid', true));
        RETURN NULL;
      END $$;
      CREATE OR REPLACE TRIGGER chaos_watch AFTER INSERT ON relay.journal
        FOR EACH STATEMENT EXECUTE FUNCTION public.chaos_watch();
      CREATE OR REPLACE TRIGGER chaos_watch AFTER INSERT OR UPDATE ON relay.actor_state
        FOR EACH STATEMENT EXECUTE FUNCTION public.chaos_watch();
      CREATE OR REPLACE TRIGGER chaos_watch AFTER INSERT ON relay.requests
        FOR EACH STATEMENT EXECUTE FUNCTION public.chaos_watch();
      CREATE OR REPLACE TRIGGER chaos_watch AFTER INSERT OR DELETE OR UPDATE OF attempt
        ON relay.deliveries FOR EACH STATEMENT EXECUTE FUNCTION public.chaos_watch();
      """;

  private Zombies() {}

  /** From now on; the nodes' tables must be there. */
  public static void watch(Database database) {
    database.execute(WATCH);
  }

  /** Commits of processes that were not among the living. */
  public static List<String> findings(Database database) {
    return database
        .rowsAtLast("SELECT pid, what, at FROM public.chaos_zombies ORDER BY at LIMIT 10")
        .stream()
        .map(row -> "process %s, taken for dead, did %s at %s".formatted(row.toArray()))
        .toList();
  }
}
