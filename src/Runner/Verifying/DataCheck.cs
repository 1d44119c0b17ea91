using AeVae.Data;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Whether the images are those that the run was made from.</summary>
static class DataCheck
{
    /// <summary>Files whose bytes differ, or that one side has not; nothing for a run that names no file.</summary>
    public static IEnumerable<Difference> Of(Provenance? made, Splits splits)
    {
        Dictionary<string, string> before = (made?.DataFiles ?? []).ToDictionary(file => file.Path, file => file.Sha256);
        Dictionary<string, string> now = splits.Files.ToDictionary(file => file.Name, file => file.Sha256);
        if (before.Count == 0)
            yield break;
        foreach (string name in before.Keys.Union(now.Keys))
        {
            if (before.GetValueOrDefault(name) != now.GetValueOrDefault(name))
                yield return new(DifferenceKind.Data, name, before.GetValueOrDefault(name), now.GetValueOrDefault(name));
        }
    }
}
