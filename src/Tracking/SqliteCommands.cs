using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AeVae.Tracking;

/// <summary>Runs statements with parameters; rows are mapped by hand, since a mapper's start-up would double that of a short command.</summary>
static class SqliteCommands
{
    const int LongestPauseMilliseconds = 20;   // a transaction takes some 4 ms

    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Prepare(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Executes several statements. A command would not do: it may take what one of them reports for its result, and then an error of a later one is lost.</summary>
    public static void ExecuteScript(this SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);

    public static object? Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Prepare(connection, sql, parameters);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public static List<T> Query<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var rows = new List<T>();
        connection.ForEach(sql, row => rows.Add(map(row)), parameters);
        return rows;
    }

    /// <summary>The texts of the first column.</summary>
    public static List<string> Texts(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => connection.Query(sql, row => row.GetString(0), parameters);

    /// <summary>Takes one row after another, of which there may be millions.</summary>
    public static void ForEach(this SqliteConnection connection, string sql, Action<SqliteDataReader> take, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = Prepare(connection, sql, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            take(reader);
    }

    /// <summary>Does all of <paramref name="action"/> or nothing.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="action">What to do.</param>
    /// <param name="patience">How long to wait for other writers before it begins; <see cref="ResultsFile.Patience"/> when null.</param>
    public static void InTransaction(this SqliteConnection connection, Action action, TimeSpan? patience = null)
    {
        Begin(connection, patience ?? ResultsFile.Patience);
        try
        {
            action();
            connection.Execute(Sql.Commit);
        }
        catch
        {
            // A full disk has already rolled it back; SqliteTransaction would roll back again, and hide the cause behind the failure of that.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                connection.Execute(Sql.Rollback);
            throw;
        }
    }

    /// <summary>Reads all of <paramref name="query"/> from one state of the file.</summary>
    public static T InSnapshot<T>(this SqliteConnection connection, Func<T> query)
    {
        connection.Execute(Sql.BeginReading);
        try
        {
            return query();
        }
        finally
        {
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                connection.Execute(Sql.Rollback);
        }
    }

    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static double? Real(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    public static int? Integer(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    // Straight to SQLite: a command would look again every 150 ms only, and SQLite itself, built without usleep, every second.
    static void Begin(SqliteConnection connection, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        for (int attempt = 1; ; attempt++)
        {
            int result = raw.sqlite3_exec(connection.Handle, Sql.Begin);
            if (result != raw.SQLITE_BUSY || watch.Elapsed > patience)
            {
                SqliteException.ThrowExceptionForRC(result, connection.Handle);
                return;
            }

            Thread.Sleep(Math.Min(attempt, LongestPauseMilliseconds));
        }
    }

    static SqliteCommand Prepare(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
