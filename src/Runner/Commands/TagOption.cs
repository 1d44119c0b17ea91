using System.CommandLine;

namespace AeVae.Runner.Commands;

/// <summary><c>--tag TAG</c>, alike in every command that trains.</summary>
static class TagOption
{
    /// <summary>The option; a tag is one word.</summary>
    public static Option<string[]> Create()
    {
        Option<string[]> tag = new("--tag") { Description = "Label to select the run by (may be repeated)", HelpName = "TAG" };
        tag.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text.Length == 0 || text.Any(char.IsWhiteSpace)))
                result.AddError($"--tag is '{text}', but a tag has at least one character and no white space.");
        });
        return tag;
    }
}
