@testable import Console
import Testing

@Suite struct HelpTests {
  @Test("the overview lists the commands there are")
  func overview() {
    #expect(
      HelpPage.overview(of: Demo.program, width: 80) == """
        demo: shows what a program can be made of

        usage: demo COMMAND [options]

        commands:
          paint  write what was asked for
          ask    ask one question
          fail   complain
          help   tell more about a command

        options:
          -h, --help     show this page
              --version  print the version

        exit codes:
          0  done
          1  a difference, a denial or a finding
          2  wrong usage, or a name for something that is not there
          3  the input was read only in part, or not at all
          4  refused for safety
          5  the machine said no: permission, disk, network

        `demo help COMMAND` tells more about a command

        """)
  }

  @Test("the long page shows every row, its details and the examples")
  func longPage() {
    #expect(
      HelpPage.page(of: Paint.self, in: "demo", isShort: false, width: 80) == """
        demo paint: write what was asked for

        Nothing is opened before everything on the command line makes sense. This
        paragraph is long enough to be broken into lines.

        usage: demo paint [options]

        options:
          -o, --output FORM           how it is written [text, json, yaml; default text]
              --out DIR               write into this folder [default standard output]
                                      The folder is made where it does not exist. Files
                                      in it that were not written by us stay.
          -i NAME                     listen here [repeatable; default any]
              --depth N               no deeper than this
          -s, --strict                doubt everything
          -d, --dry-run               only say what would be done
              --[no-]frame            with a frame [default on]

        common options:
              --db FILE               the store [default demo.db; or $DEMO_DB]
          -n, --ns, --namespace NAME  only this namespace [repeatable; default all
                                      namespaces]
              --color WHEN            when colours are shown [auto, always, never;
                                      default auto]
          -q, --quiet                 say only errors and warnings
          -v, --verbose               say more
          -h, --help                  show this page; `-h` shows the short form

        examples:
          # two namespaces as JSON
          demo paint -n web -n payments -o json
          # from a pipe
          cat x | demo paint --db - --out 'a folder' > y

        """)
  }

  @Test("the short page has one entry an option and no more")
  func shortPage() {
    #expect(
      HelpPage.page(of: Ask.self, in: "demo", isShort: true, width: 80) == """
        demo ask: ask one question

        usage: demo ask --policies PATH [options] FROM [PORT] [FILE...]

        arguments:
          FROM       who asks
          [PORT]     the port
          [FILE...]  what else is read

        options:
              --policies PATH  the policies to ask [required; repeatable; or
                               $DEMO_POLICIES]

        common options:
              --color WHEN     when colours are shown [auto, always, never; default
                               auto]
          -q, --quiet          say only errors and warnings
          -v, --verbose        say more
          -h, --help           show this page; `-h` shows the short form

        """)
  }

  @Test("no line of a page is wider than asked for", arguments: [80, 100])
  func width(width: Int) {
    for command in Demo.program.commands {
      let page = HelpPage.page(of: command, in: "demo", isShort: false, width: width)
      #expect(page.split(separator: "\n").allSatisfy { $0.count <= width })
    }
  }

  @Test("every row of a command stands on its page")
  func completeness() {
    for command in Demo.program.commands {
      let page = HelpPage.page(of: command, in: "demo", isShort: true, width: 100)
      for row in command.optionRows { #expect(page.contains(HelpPage.names(of: row))) }
    }
  }
}
