using AeVae.Data;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Whether the images are those that the run was made from.</summary>
static class DataCheck
{
    /// <summary>Files whose bytes differ, or that one side has not.</summary>
    /// <param name="made">What the run was made from.</param>
    /// <param name="read">What is read now.</param>
    public static IEnumerable<Difference> Of(IReadOnlyList<DataFileRecord> made, IReadOnlyList<DataFile> read)
    {
        Dictionary<string, string> before = made.ToDictionary(file => file.Path, file => file.Sha256);
        Dictionary<string, string> now = read.ToDictionary(file => file.Name, file => file.Sha256);
        foreach (string name in before.Keys.Union(now.Keys))
        {
            if (before.GetValueOrDefault(name) != now.GetValueOrDefault(name))
                yield return new(DifferenceKind.Data, name, before.GetValueOrDefault(name), now.GetValueOrDefault(name));
        }
    }
}
