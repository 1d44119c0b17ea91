using System.CommandLine;

namespace AeVae.Runner.Commands;

/// <summary><c>--tag TAG</c>, alike in every command that trains, and other options that take tags.</summary>
static class TagOption
{
    /// <summary>The option; a tag is one word.</summary>
    public static Option<string[]> Create(string name = "--tag", string description = "Label to select the run by (may be repeated)")
    {
        Option<string[]> tag = new(name) { Description = description, HelpName = "TAG" };
        tag.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text.Length == 0 || text.Any(char.IsWhiteSpace)))
                result.AddError($"{name} is '{text}', but a tag has at least one character and no white space.");
        });
        return tag;
    }
}
