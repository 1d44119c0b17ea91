using Microsoft.Data.Sqlite;

namespace AeVae.Acceptance.Storage;

/// <summary>The results file as somebody else's program sees it.</summary>
internal static class Database
{
    public static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    public static object? Execute(string path, string sql)
    {
        using SqliteConnection connection = Open(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
